//! Agencies, regions, units, comparators and synonyms, read from `seeds/lexicon`.
