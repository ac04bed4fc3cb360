"""The measured tables of a model card as Markdown, for README."""


def measured(card: dict) -> str:
    """Every table of the card's section "Measured", each with the command that its numbers are from."""
    sections = {section["title"]: section for section in card["sections"]}
    return "\n".join(table_text(table) for table in sections["Measured"]["tables"])


def table_text(table: dict) -> str:
    rows = [table["columns"], ["---"] * len(table["columns"]), *table["rows"]]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return f"**{table['caption']}** (`{table['command']}`)\n\n" + "\n".join(lines) + "\n"
