//! What a format can do.

use std::path::Path;

use crate::decoded::Decoded;
use crate::error::Error;
use crate::options::Options;

/// One kind of file. To add one, implement this in a file of its own under
/// `formats/` and name it in [`formats`](crate::formats).
pub trait Format: Sync {
    /// Returns what such a file is called in a sentence, with its article: `an HTML page`.
    fn name(&self) -> &'static str;

    /// Returns the media type: `text/html`.
    fn media_type(&self) -> &'static str;

    /// Returns the endings of such files' names, in lower case, without the dot.
    fn endings(&self) -> &'static [&'static str];

    /// Whether the bytes are such a file. Looks at the bytes, and at the name
    /// only where the bytes leave it open. Never looks far into the bytes.
    fn fits(&self, bytes: &[u8], file_name: &Path) -> bool;

    /// Reads the bytes. Memory and time stay within what `options.limits` allows,
    /// whatever the bytes are, and nothing panics. Nothing is written to disk, but
    /// what another program is to convert, to a folder that goes away.
    ///
    /// # Errors
    ///
    /// One sentence without the file's name.
    fn read(&self, bytes: &[u8], options: &Options) -> Result<Decoded, Error>;
}
