//! From the decoded text of a policy document to a [`Document`](gangmu_model::Document).

mod extract;
