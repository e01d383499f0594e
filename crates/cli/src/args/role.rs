//! The role of a body in a duty.

use gangmu_model::Role;
use gangmu_tables::labels;

use crate::language::{Message, say};

/// Reads a role by its name in JSON or as people say it: `lead`, 牵头.
pub(super) fn role(text: &str) -> Result<Role, Message> {
    labels::role_named(text).ok_or_else(|| {
        let names = Role::ALL.map(|role| role.name().to_owned());
        say!("roles are {names}", names = names.to_vec())
    })
}
