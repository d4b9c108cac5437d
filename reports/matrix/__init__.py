"""The matrix: broken services by scenarios, and what the drill made of each; as data, as text and as a page."""
