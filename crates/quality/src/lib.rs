//! Scores what the parser reads against hand-made gold.
