//! Brackets and label lines; the strings are those of real documents.
