# The recipes are one-liners over cargo; plain cargo is enough without them.

# List the recipes.
default:
    @just --list

# Run what CI runs.
ci:
    .ci/run

# Run all tests.
test:
    cargo test --workspace

# Accept changed snapshots; read the diff before you commit it.
accept:
    UPDATE_EXPECT=1 INSTA_UPDATE=always cargo test --workspace

# Check format and lints.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Run the benches.
bench:
    cargo bench -p gangmu-parser -p gangmu-indexer

# Score the fixtures against their gold, with each miss.
quality *PATHS='tests/fixtures tests/gold':
    cargo run -q --bin quality -- {{PATHS}} --misses

# Score the order of search results; `just ranking tests/queries NAME=CLAUSES,QUERIES` adds a judged set.
ranking *SETS='tests/queries':
    cargo run -q --release --bin ranking -- {{SETS}}

# Print a document's outline.
parse FILE:
    cargo run -q --release --bin gangmu -- parse {{FILE}}

# Build the index of the shipped documents.
index *PATHS='seeds/documents':
    cargo run -q --release --bin gangmu -- index {{PATHS}}

# Search the shipped documents.
search QUERY *PATHS='seeds/documents':
    cargo run -q --release --bin gangmu -- search {{QUERY}} {{PATHS}}
