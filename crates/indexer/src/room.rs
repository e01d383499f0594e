//! How much may wait between the program and the engine's writing threads.
//!
//! The engine's own queue is bounded by the number of documents, which may be
//! gigabytes of them. Each record holds a part of a room of so many bytes from the
//! time it is made until it is written.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

use crate::texts::Text;

/// A room of bytes.
#[derive(Debug)]
pub(crate) struct Room {
    capacity: usize,
    n_taken: Mutex<usize>,
    freed: Condvar,
}

/// A part of a room, given back when it is dropped.
#[derive(Debug)]
struct Taken {
    room: Arc<Room>,
    n_bytes: usize,
}

/// A record on its way to the engine.
#[derive(Debug)]
pub(crate) struct Record {
    fields: TantivyDocument,
    /// The text of a clause; empty in a document's own record.
    pub text: Text,
    _taken: Taken,
}

/// A record without its place in the room.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub fields: TantivyDocument,
    pub text: Text,
    /// What is stored of it, in bytes.
    pub n_bytes: usize,
}

impl Room {
    pub(crate) fn new(capacity: usize) -> Arc<Self> {
        Arc::new(Self { capacity, n_taken: Mutex::new(0), freed: Condvar::new() })
    }

    /// Waits until the records of one document have room, and lets them in. What is larger than
    /// the room waits until it is empty.
    pub(crate) fn admit(self: &Arc<Self>, records: Vec<Draft>) -> Vec<Record> {
        let wanted: usize = records.iter().map(|record| record.n_bytes).sum();
        let full = |n_taken: &mut usize| *n_taken > 0 && *n_taken + wanted > self.capacity;
        let n_taken = self.n_taken.lock().unwrap_or_else(PoisonError::into_inner);
        let n_taken = self.freed.wait_while(n_taken, full);
        *n_taken.unwrap_or_else(PoisonError::into_inner) += wanted;
        let record = |Draft { fields, text, n_bytes }| Record {
            fields,
            text,
            _taken: Taken { room: Arc::clone(self), n_bytes },
        };
        records.into_iter().map(record).collect()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut n_taken = self.room.n_taken.lock().unwrap_or_else(PoisonError::into_inner);
        *n_taken -= self.n_bytes;
        // To wake who waits for each record that leaves costs more than the record.
        if *n_taken <= self.room.capacity / 2 {
            self.room.freed.notify_one();
        }
    }
}

impl Document for Record {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.fields.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(n_bytes: usize) -> Vec<Draft> {
        vec![Draft { n_bytes, ..Draft::default() }]
    }

    #[test]
    fn who_finds_no_room_waits_until_there_is() {
        let room = Room::new(10);
        let first = room.admit(of(6));
        let waiting = std::thread::spawn({
            let room = Arc::clone(&room);
            move || room.admit(of(6)).len()
        });
        assert_eq!(*room.n_taken.lock().unwrap(), 6);
        drop(first);
        assert_eq!(waiting.join().unwrap(), 1);
        assert_eq!(*room.n_taken.lock().unwrap(), 0);
    }

    #[test]
    fn what_is_larger_than_the_room_goes_alone() {
        let room = Room::new(10);
        let large = room.admit(of(1000));
        assert_eq!(*room.n_taken.lock().unwrap(), 1000);
        drop(large);
        assert_eq!(room.admit(of(10)).len(), 1);
    }
}
