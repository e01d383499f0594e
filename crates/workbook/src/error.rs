//! What can go wrong with a book.

/// A book that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A sheet has more rows or columns than a sheet can have, or a name that no
    /// sheet can have.
    #[error("the sheet {sheet} cannot be written ({reason}); narrow the question")]
    Sheet {
        /// Its name.
        sheet: String,
        /// What the format says against it.
        reason: String,
    },
    /// The sheets cannot be put into a file.
    #[error("the workbook cannot be put together ({0}); narrow the question")]
    Book(String),
}
