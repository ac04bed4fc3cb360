/** What the stages need of an inference runtime; `open-*-runtime.ts` give it, and know whose it is. */
import type { Tensor, TensorData } from '../../core/tensor.ts';
import type { Backend } from '../../core/types.ts';

export type GraphInput = Tensor<readonly string[], TensorData>;

export interface GraphOutput {
  readonly dims: readonly number[];
  /** Owned by the receiver: not a view on memory of the runtime. */
  readonly data: Float32Array;
}

/** One ONNX graph, ready to run. */
export interface Graph {
  /** The names of all that `run` needs. */
  readonly inputs: readonly string[];
  /** The names of all that `run` can be asked for; only what is asked for is copied out. */
  readonly outputs: readonly string[];
  run<Name extends string>(
    inputs: Readonly<Record<string, GraphInput>>,
    outputs: readonly Name[],
  ): Promise<Record<Name, GraphOutput>>;
  /** Frees the memory of the graph; running it afterwards fails. */
  release(): Promise<void>;
}

/** A file that a graph refers to for its weights; `path` as the graph names it. */
export interface WeightFile {
  readonly path: string;
  readonly data: Uint8Array;
}

export interface Runtime {
  readonly backend: Backend;
  readonly threads: number;
  open(file: Uint8Array, weights?: readonly WeightFile[]): Promise<Graph>;
}

/** What the machine offers for WebGPU; `name` as far as the browser tells it. */
export type GpuFinding =
  | { readonly gpu: 'none'; readonly because: string }
  | { readonly gpu: 'software' | 'hardware'; readonly name: string };
