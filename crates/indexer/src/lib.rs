//! A full-text index of clauses on tantivy and jieba.
