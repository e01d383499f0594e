//! Assignments: division, role, agency, and whether the list is open.

use std::collections::HashSet;

use gangmu_model::{Assignment, AssignmentForm, Document, Role};

use crate::alignment::{Alignment, Home};
use crate::source::fold;
use crate::{Aspect, Gold, GoldAssignment, GoldGroup, Score};

/// One body named once.
struct Mention {
    home: Home,
    role: Role,
    /// Other roles that are as right.
    other_roles: Vec<Role>,
    agency: String,
    folded: String,
    line: u32,
    form: Option<AssignmentForm>,
    taken: bool,
}

pub(crate) fn score(
    document: &Document,
    gold: &Gold,
    alignment: &Alignment<'_>,
    score: &mut Score,
) {
    let read: Vec<&Assignment> = document
        .assignments
        .iter()
        .filter(|each| gold.duties.is_none() || each.form != AssignmentForm::Inline)
        .collect();
    let mut readings = mentions_read(&read, alignment);
    let mut wanted = mentions_of_gold(&gold.assignments, &readings, alignment);
    let mut open = mentions_of_gold(&gold.borderline_assignments, &readings, alignment);

    let right = pair(&mut wanted, &mut readings, |one, other| {
        one.role == other.role || one.other_roles.contains(&other.role)
    });
    let named = right + pair_counting(&wanted, &readings);
    pair(&mut open, &mut readings, |_, _| true);
    let names: HashSet<String> = wanted.iter().map(|mention| mention.folded.clone()).collect();
    for reading in readings.iter_mut().filter(|reading| !reading.taken) {
        reading.taken = is_open(reading, &names);
    }

    let n_false = readings.iter().filter(|reading| !reading.taken).count() as u64;
    let tally = score.entry(Aspect::Assignments);
    tally.right += right;
    tally.expected += wanted.len() as u64;
    tally.read += right + n_false;
    let tally = score.entry(Aspect::AssignmentAgency);
    tally.right += named;
    tally.expected += wanted.len() as u64;
    tally.read += right + n_false;

    for mention in wanted.iter().filter(|mention| !mention.taken) {
        let expected = describe(mention, gold);
        score.fault(Aspect::Assignments, mention.line, Some(expected), None);
    }
    for mention in readings.iter().filter(|mention| !mention.taken) {
        let read = describe(mention, gold);
        score.fault(Aspect::Assignments, mention.line, None, Some(read));
    }
    score_open_ended(&read, gold, alignment, score);
}

/// Of the role groups that share a division, a role and a name: whether 等 was read.
fn score_open_ended(
    read: &[&Assignment],
    gold: &Gold,
    alignment: &Alignment<'_>,
    score: &mut Score,
) {
    let mut taken = vec![false; read.len()];
    for wanted in &gold.assignments {
        let home = alignment.wanted_home(wanted.division);
        for group in &wanted.groups {
            let names: HashSet<String> = group.agencies.iter().map(|name| fold(name)).collect();
            let found = read.iter().enumerate().position(|(index, each)| {
                !taken[index]
                    && each.role == group.role
                    && alignment.home(&each.division) == home
                    && each.agencies.iter().any(|agency| names.contains(&fold(&agency.name)))
            });
            if let Some(index) = found {
                taken[index] = true;
                let words = |open: bool| if open { "open (等)" } else { "closed" };
                score.compare(
                    Aspect::AssignmentOpen,
                    wanted.line,
                    read[index].open_ended == group.open_ended
                        || group.also_accept_open_ended.contains(&read[index].open_ended),
                    format!("{}: {}", group.agencies.join("、"), words(group.open_ended)),
                    words(read[index].open_ended),
                );
            }
        }
    }
}

/// The bodies that gold names. Where it takes several divisions or lists of names as right, the
/// ones of which most were read stand for all.
fn mentions_of_gold(
    list: &[GoldAssignment],
    readings: &[Mention],
    alignment: &Alignment<'_>,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for assignment in list {
        let divisions =
            [assignment.division].into_iter().chain(assignment.also_accept_division.clone());
        let homes = divisions.map(|division| alignment.wanted_home(division));
        let n_read = |home: Home, agencies: &[String]| {
            let is_read = |agency: &&String| {
                let folded = fold(agency);
                readings.iter().any(|each| each.home == home && each.folded == folded)
            };
            agencies.iter().filter(is_read).count()
        };
        let best_names = |home: Home, group: &GoldGroup| {
            first_best([&group.agencies].into_iter().chain(&group.also_accept), |names| {
                (n_read(home, names) * 1000) / names.len().max(1)
            })
            .cloned()
            .unwrap_or_default()
        };
        let home = first_best(homes, |home| {
            assignment.groups.iter().map(|group| n_read(*home, &best_names(*home, group))).sum()
        });
        let Some(home) = home else { continue };
        for group in &assignment.groups {
            mentions.extend(best_names(home, group).into_iter().map(|agency| Mention {
                home,
                role: group.role,
                other_roles: group.also_accept_role.clone(),
                folded: fold(&agency),
                agency,
                line: assignment.line,
                form: None,
                taken: false,
            }));
        }
    }
    mentions
}

/// The first of those that are worth most.
fn first_best<T>(each: impl Iterator<Item = T>, worth: impl Fn(&T) -> usize) -> Option<T> {
    each.enumerate()
        .max_by_key(|(at, one)| (worth(one), std::cmp::Reverse(*at)))
        .map(|(_, one)| one)
}

fn mentions_read(read: &[&Assignment], alignment: &Alignment<'_>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for assignment in read {
        let home = alignment.home(&assignment.division);
        mentions.extend(assignment.agencies.iter().map(|agency| Mention {
            home,
            role: assignment.role,
            other_roles: Vec::new(),
            agency: agency.name.clone(),
            folded: fold(&agency.name),
            line: assignment.span.line(),
            form: Some(assignment.form),
            taken: false,
        }));
    }
    mentions
}

/// Pairs mentions of one body in one division, each once, and marks them as
/// taken. Returns the number of pairs.
fn pair(
    wanted: &mut [Mention],
    readings: &mut [Mention],
    agree: impl Fn(&Mention, &Mention) -> bool,
) -> u64 {
    let mut n_pairs = 0;
    for want in wanted.iter_mut() {
        let found = readings.iter_mut().find(|reading| {
            !reading.taken
                && reading.home == want.home
                && reading.folded == want.folded
                && agree(want, reading)
        });
        if let Some(reading) = found {
            reading.taken = true;
            want.taken = true;
            n_pairs += 1;
        }
    }
    n_pairs
}

/// Returns how many more mentions agree in all but the role.
fn pair_counting(wanted: &[Mention], readings: &[Mention]) -> u64 {
    let mut used = vec![false; readings.len()];
    let mut n_pairs = 0;
    for want in wanted.iter().filter(|want| !want.taken) {
        let found = readings.iter().enumerate().position(|(index, reading)| {
            !reading.taken
                && !used[index]
                && reading.home == want.home
                && reading.folded == want.folded
        });
        if let Some(index) = found {
            used[index] = true;
            n_pairs += 1;
        }
    }
    n_pairs
}

/// Gold lists duties in running text only where the words 牵头, 负责, 会同, 配合
/// say the role, so a `mention` is neither right nor false; and a body named
/// once for the whole document is recorded once, so its repeats are neither.
fn is_open(reading: &Mention, names: &HashSet<String>) -> bool {
    reading.role == Role::Mention
        || (reading.form == Some(AssignmentForm::Document) && names.contains(&reading.folded))
}

fn describe(mention: &Mention, gold: &Gold) -> String {
    let place = match mention.home {
        Home::Top => "no division",
        Home::Gold(index) => &gold.divisions[index].marker,
        Home::Unknown => "a division not in gold",
    };
    format!("{place} {}: {}", mention.role.name(), mention.agency)
}
