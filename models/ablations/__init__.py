"""The paper's questions about training, asked of tiny networks on drawn scenes: many short runs, one table."""
