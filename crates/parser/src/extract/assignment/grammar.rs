//! The inside of a bracket, or a line that opens with a label, as role groups.

use std::ops::Range;

use gangmu_model::{DiagnosticCode, Role};

use crate::furniture::is_longer_than;

use super::Finding;
use super::bodies::Bodies;
use super::label::{self, Label};
use super::leaders::Leaders;
use super::names::{self, NameList};
use super::note::{self, Note};
use super::subject::{is_field, shares_department};
use super::verb::{self, Deed};

/// The bodies that share a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Group {
    pub(super) role: Role,
    pub(super) label: Option<Range<usize>>,
    pub(super) names: Vec<Range<usize>>,
    pub(super) open_ended: bool,
    /// Whether the bodies are said to have a part in all that follows.
    pub(super) standing: bool,
}

/// What a text that looks like an assignment rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ground {
    /// A label.
    Label,
    /// A verb behind bodies.
    Verb,
    /// Names alone.
    Names,
}

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Reading {
    pub(super) ground: Ground,
    pub(super) groups: Vec<Group>,
    pub(super) findings: Vec<Finding>,
    /// Which bodies of a list lead, from here on.
    pub(super) leaders: Leaders,
}

/// Reads one bracket or line, segment by segment; `leaders` knows who of a list leads.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    bodies: &'a Bodies<'a>,
    pub(super) groups: Vec<Group>,
    findings: Vec<Finding>,
    labelled: bool,
    /// Whether a list without label goes on with the label's: not behind 责任单位:甲局牵头.
    label_open: bool,
    /// Lists whose role is still to come: `A、B` of `A、B负责`.
    pub(super) pending: Vec<Range<usize>>,
    /// The 会同 whose bodies are still to come.
    with: Option<Range<usize>>,
    /// Whether a label of something else governs what follows.
    dropping: bool,
    /// Whether who leads was declared: what follows on 其他 belongs to it.
    declared: bool,
}

/// Reads the text in `range`; `None` where it is no assignment.
///
/// `leaders` tells what a text before has declared; the answer says what holds from here on.
pub(super) fn read(
    text: &str,
    range: Range<usize>,
    bodies: &Bodies<'_>,
    mut leaders: Leaders,
) -> Option<Reading> {
    let mut reader = Reader {
        text,
        bodies,
        groups: Vec::new(),
        findings: Vec::new(),
        labelled: false,
        label_open: false,
        pending: Vec::new(),
        with: None,
        dropping: false,
        declared: false,
    };
    for segment in segments(text, range.clone()) {
        // What the others do may stand behind a comma.
        if let Some(declared) = note::says_leaders(&text[segment.clone()]) {
            leaders = note::says_leaders(&text[range.clone()]).unwrap_or(declared);
        }
        reader.segment(segment);
    }
    reader.finish(leaders)
}

/// Takes 按职责分工负责 off a list that has a label already.
fn without_verb(list: Range<usize>, verbs: &[verb::Verb]) -> Range<usize> {
    match verbs.first() {
        Some(verb)
            if verb.range.end == list.end
                && verb.range.start > list.start
                && matches!(verb.deed, Deed::Has(Role::Joint | Role::Responsible)) =>
        {
            list.start..verb.range.start
        }
        _ => list,
    }
}

/// Cuts a text at `,`, `;` and `。`, and before a label with a colon that
/// follows a name at once: `牵头单位:甲局责任单位:乙局`.
fn segments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    for piece in names::top_level(text, range, |mark| matches!(mark, ',' | ';' | '。')) {
        let mut start = piece.start;
        for label in label::starts_inside(&text[piece.clone()], piece.start) {
            if label > start {
                segments.push(start..label);
                start = label;
            }
        }
        // 以下均需各市政府,高新区管委会落实: the sentence goes on behind its comma.
        let goes_on = segments.last().is_some_and(|last: &Range<usize>| {
            let words = &text[last.clone()];
            words.starts_with("以下") && words.contains('均') && !words.ends_with("落实")
        });
        match segments.last_mut() {
            Some(last) if goes_on && text[piece.clone()].ends_with("落实") => {
                last.end = piece.end
            }
            _ => segments.push(start..piece.end),
        }
    }
    segments
}

/// 南沙、天河区政府: a place whose 区政府 stands behind the last one.
fn shares_level(name: &str, last: &str) -> bool {
    const LONGEST_PLACE: usize = 3;
    let governed = ["区政府", "市政府", "县政府", "区人民政府", "市人民政府", "县人民政府"];
    !is_longer_than(name, LONGEST_PLACE) && governed.iter().any(|end| last.ends_with(end))
}

/// Takes 市分工方案: off a list: whose division of work it is.
fn behind_plan(text: &str, segment: Range<usize>) -> Range<usize> {
    const LONGEST_PLAN: usize = 30;
    match text[segment.clone()].split_once(':') {
        Some((plan, list))
            if plan.len() <= LONGEST_PLAN
                && ["分工方案", "任务分工", "工作分工"].iter().any(|end| plan.ends_with(end)) =>
        {
            segment.end - list.len()..segment.end
        }
        _ => segment,
    }
}

impl Reader<'_> {
    fn segment(&mut self, segment: Range<usize>) {
        let start = segment.end - self.text[segment.clone()].trim_start_matches(['由', ' ']).len();
        let segment = behind_plan(self.text, start..segment.end);
        let words = &self.text[segment.clone()];
        if words.is_empty() {
            return;
        }
        if let Some(label) = self.label(&segment) {
            self.dropping = false;
            self.labelled = true;
            self.settle_pending();
            let list = label.end..segment.end;
            let verbs = verb::find(self.text, list.clone());
            self.label_open = !self.says_other_role(&list, &verbs);
            if !self.label_open {
                self.verbs(list, &verbs);
            } else {
                let names = without_verb(list.clone(), &verbs);
                let shared = names != list && verbs[0].deed == Deed::Has(Role::Joint);
                self.open_group(&label, names);
                if shared {
                    self.share_last();
                }
            }
            return;
        }
        if label::is_other(words) {
            self.dropping = true;
            return;
        }
        match note::read(words, segment.start) {
            Some(Note::Standing(who)) => {
                self.standing(who);
                return;
            }
            Some(note @ (Note::Leaders | Note::Other)) => {
                self.declared |= note == Note::Leaders;
                // 省科技厅〔列第一位的为牵头单位,下同〕 holds a name before its note.
                let name_first = words.find(super::bracket::is_opening).is_some_and(|open| {
                    let name = &words[..open];
                    note::read(name, 0).is_none() && !name.is_empty()
                });
                if !name_first {
                    return;
                }
            }
            None => {}
        }
        let of_others = || ["其他", "其余"].iter().any(|others| words.starts_with(others));
        if self.dropping || (self.declared && of_others()) {
            return;
        }
        let verbs = verb::find(self.text, segment.clone());
        // 责任单位:甲局、乙局,丙局按职责分工负责: the verb closes the label's list.
        if let [verb] = &verbs[..]
            && verb.deed == Deed::Has(Role::Joint)
            && verb.range.end == segment.end
            && self.label_open
            && self.pending.is_empty()
            && self.groups.iter().all(|group| group.role == Role::Responsible)
            && self.share_last()
        {
            self.list(segment.start..verb.range.start);
            return;
        }
        let segment = if verbs.is_empty() { segment } else { self.behind_by(segment) };
        if verbs.is_empty() {
            self.list(segment);
        } else {
            self.verbs(segment, &verbs);
        }
    }

    /// Returns the label a segment opens with, if it is one and not the
    /// beginning of a sentence (责任单位要…).
    fn label(&self, segment: &Range<usize>) -> Option<Label> {
        let label = label::read(&self.text[segment.clone()], segment.start)?;
        if label.has_colon {
            return Some(label);
        }
        let list = names::split(self.text, label.end..segment.end, self.bodies);
        let first = list.names.first()?;
        (list.gaps.is_empty() && self.bodies.is_body(&self.text[first.clone()])).then_some(label)
    }

    /// Returns whether the verb behind a label's list says another role than
    /// the label: 责任单位:市商务局牵头,市财政局配合.
    fn says_other_role(&self, list: &Range<usize>, verbs: &[verb::Verb]) -> bool {
        verbs.last().is_some_and(|verb| {
            verb.range.end == list.end
                && verb.range.start > list.start
                && matches!(verb.deed, Deed::Has(Role::Lead | Role::Support))
        }) && names::split(self.text, list.start..verbs[0].range.start, self.bodies)
            .names
            .iter()
            .map(|name| &self.text[name.clone()])
            .all(|name| {
                self.bodies.is_body(name)
                    || self.bodies.is_unit(name)
                    || self.bodies.is_institution(name)
            })
    }

    /// Makes the last group one that shares the work, where its label says no more than
    /// who is responsible; says whether it is.
    fn share_last(&mut self) -> bool {
        match self.groups.iter_mut().rev().find(|group| !group.standing) {
            Some(group) if group.role == Role::Responsible => {
                group.role = Role::Joint;
                true
            }
            _ => false,
        }
    }

    fn open_group(&mut self, label: &Label, list: Range<usize>) {
        let written = &self.text[label.range.clone()];
        // 第三条 (实施主体): a heading, where nothing stands behind the label.
        if !label.has_colon && self.text[list.clone()].trim().is_empty() {
            return;
        }
        if let Some(intended) = label.mistyped_for {
            self.findings.push(Finding {
                code: DiagnosticCode::MistypedLabel,
                range: label.range.clone(),
                message: format!("the label {written} is read as {intended}"),
            });
        }
        if !label.has_colon {
            self.findings.push(Finding {
                code: DiagnosticCode::MissingColon,
                range: label.range.clone(),
                message: format!(
                    "the colon after the label {written} is missing; read as if it stood there"
                ),
            });
        }
        // 配合单位:无 says that there is none.
        let none = names::says_none(&self.text[list.clone()]);
        let list = names::split(self.text, list, self.bodies);
        if !none && (list.names.is_empty() || !list.gaps.is_empty()) {
            let message = if list.names.is_empty() {
                format!("no body is named after the label {written}; none was assumed")
            } else {
                format!("a name is missing after the label {written}; the others are kept")
            };
            self.findings.push(Finding {
                code: DiagnosticCode::EmptyAgency,
                range: label.range.clone(),
                message,
            });
        }
        self.push(label.role, Some(label.range.clone()), list);
    }

    /// Takes the work off a segment that names it: 此项工作由市商务局负责.
    fn behind_by(&self, segment: Range<usize>) -> Range<usize> {
        const BY: &str = "工作由";
        let words = &self.text[segment.clone()];
        let head = words.char_indices().nth(12).map_or(words.len(), |(at, _)| at);
        let start =
            words[..head].find(BY).map_or(segment.start, |at| segment.start + at + BY.len());
        start..segment.end
    }

    /// Takes a list without label or verb: it goes on with the group before,
    /// or waits for its verb.
    fn list(&mut self, segment: Range<usize>) {
        if self.label_open && self.pending.is_empty() && self.with.is_none() {
            let list = names::split(self.text, segment, self.bodies);
            if let Some(group) = self.groups.iter_mut().rev().find(|group| !group.standing) {
                group.names.extend(list.names);
                group.open_ended |= list.open_ended;
            }
        } else {
            self.pending.push(segment);
        }
    }

    fn verbs(&mut self, segment: Range<usize>, verbs: &[verb::Verb]) {
        let mut start = segment.start;
        for verb in verbs {
            if verb.range.start > start {
                self.pending.push(start..verb.range.start);
            }
            start = verb.range.end;
            let list = self.take_pending();
            match (verb.deed, self.with.take()) {
                (Deed::With, None) => {
                    self.push(Role::Lead, None, list);
                    self.with = Some(verb.label.clone());
                }
                (Deed::With, Some(with)) => {
                    self.push(Role::Support, Some(with), list);
                    self.with = Some(verb.label.clone());
                }
                (Deed::Has(role), Some(with)) => {
                    self.share_before(role, &verb.label);
                    let own = list.names.partition_point(|name| name.start < segment.start);
                    let mut helpers = list;
                    // 甲局会同乙局,各市按职责分工负责: those of this segment are the verb's.
                    let own = if own > 0 { helpers.names.split_off(own) } else { Vec::new() };
                    let own = NameList { names: own, ..NameList::default() };
                    self.push(Role::Support, Some(with), helpers);
                    if !own.names.is_empty() {
                        self.push(role, Some(verb.label.clone()), own);
                    }
                }
                (Deed::Has(role), None) => self.push(role, Some(verb.label.clone()), list),
            }
        }
        // Behind the last verb stands its object (负责交通管制) or, behind
        // 会同 and 牵头, more bodies.
        if start < segment.end {
            let rest = names::split(self.text, start..segment.end, self.bodies);
            let bodies = !rest.names.is_empty()
                && rest.names.iter().all(|name| self.bodies.is_body(&self.text[name.clone()]));
            if bodies || self.with.is_some() {
                self.pending.push(start..segment.end);
            }
        }
    }

    /// 财政部、商务部会同各地方按职责分工负责: those before 会同 share the work.
    fn share_before(&mut self, role: Role, label: &Range<usize>) {
        let before = self.groups.last_mut().filter(|group| group.role == Role::Lead);
        if let Some(group) = before.filter(|group| role == Role::Joint && group.label.is_none()) {
            group.role = Role::Joint;
            group.label = Some(label.clone());
        }
    }

    pub(super) fn take_pending(&mut self) -> NameList {
        let mut all = NameList::default();
        for list in std::mem::take(&mut self.pending) {
            let list = names::split(self.text, list, self.bodies);
            all.names.extend(list.names);
            all.open_ended |= list.open_ended;
            all.gaps.extend(list.gaps);
        }
        all
    }

    /// Gives the lists that have found no verb a role.
    fn settle_pending(&mut self) {
        let list = self.take_pending();
        match self.with.take() {
            Some(with) => self.push(Role::Support, Some(with), list),
            None => self.push(Role::Responsible, None, list),
        }
    }

    fn standing(&mut self, who: Range<usize>) {
        /// Words for the local governments that the list itself names.
        const GENERAL: [&str; 4] = ["地方", "各地", "各地区", "相关地方"];
        if GENERAL.contains(&&self.text[who.clone()]) {
            return;
        }
        let list = names::split(self.text, who, self.bodies);
        if !list.names.is_empty() {
            self.groups.push(Group {
                role: Role::Responsible,
                label: None,
                names: list.names,
                open_ended: list.open_ended,
                standing: true,
            });
        }
    }

    pub(super) fn push(&mut self, role: Role, label: Option<Range<usize>>, mut list: NameList) {
        let (leads, label_of_lead) = self.take_leads(&mut list);
        if !leads.is_empty() {
            self.groups.push(Group {
                role: Role::Lead,
                label: label_of_lead,
                names: leads,
                open_ended: false,
                standing: false,
            });
            if list.names.is_empty() {
                return;
            }
        }
        if !list.names.is_empty() || label.is_some() {
            self.groups.push(Group {
                role,
                label,
                names: list.names,
                open_ended: list.open_ended,
                standing: false,
            });
        }
    }

    /// Takes the names out of a list that a bracket says to lead:
    /// 市发展改革委(牵头)、市财政局.
    fn take_leads(&self, list: &mut NameList) -> (Vec<Range<usize>>, Option<Range<usize>>) {
        const MARK: &str = "(牵头)";
        let mut label = None;
        let mut leads = Vec::new();
        list.names.retain(|name| {
            let Some(body) = self.text[name.clone()].strip_suffix(MARK) else { return true };
            let end = name.start + body.len();
            label = label.take().or(Some(end + 1..name.end - 1));
            leads.push(name.start..end);
            false
        });
        (leads, label)
    }

    fn finish(mut self, leaders: Leaders) -> Option<Reading> {
        let has_roles = self.groups.iter().any(|group| !group.standing);
        let ground = match (self.labelled, has_roles) {
            (true, _) => Ground::Label,
            (false, true) => Ground::Verb,
            (false, false) => Ground::Names,
        };
        if let Some(others) = leaders.before_comma()
            && ground == Ground::Names
            && !self.pending.is_empty()
        {
            self.settle_by_comma(others);
        }
        self.settle_pending();
        self.groups.retain(|group| !group.names.is_empty());
        let text = self.text;
        for group in &mut self.groups {
            names::keep_first(text, &mut group.names);
        }
        let names: Vec<_> = self.groups.iter().flat_map(|group| &group.names).cloned().collect();
        // 发改、财政、自然资源部门按职责分工负责: fields of one word for a department.
        let fields = ground == Ground::Verb && shares_department(text, &names, self.bodies);
        let is_body = |name: &str| {
            self.bodies.is_body(name)
                || fields && is_field(name)
                || ground == Ground::Verb && self.bodies.is_unit(name)
        };
        if ground != Ground::Label && !self.rests_on_bodies(ground, &names, is_body) {
            return None;
        }
        if let Some(others) = leaders.before_comma().filter(|_| ground == Ground::Label) {
            self.lead_before_comma(others);
        }
        let leads = self.groups.iter().any(|group| group.role == Role::Lead);
        for group in &mut self.groups {
            if leads && group.role == Role::Joint {
                group.role = Role::Responsible;
            }
        }
        if leaders == Leaders::First && !leads {
            self.first_leads();
        }
        let named = self.groups.iter().flat_map(|group| {
            let last = group.names.last();
            group.names.iter().map(move |name| (name, last))
        });
        for (name, last) in named {
            let shared =
                last.is_some_and(|last| shares_level(&text[name.clone()], &text[last.clone()]));
            let written = &text[name.clone()];
            if !is_body(written) && !self.bodies.is_place(written) && !shared {
                self.findings.push(Finding {
                    code: DiagnosticCode::UnknownAgency,
                    range: name.clone(),
                    message: format!(
                        "{} has no form of a body's name; it is kept as written",
                        &text[name.clone()]
                    ),
                });
            }
        }
        Some(Reading { ground, groups: self.groups, findings: self.findings, leaders })
    }

    /// Returns whether the names are bodies, so that no label is needed: all
    /// of them, or behind a verb the first and most of the others.
    fn rests_on_bodies(
        &self,
        ground: Ground,
        names: &[Range<usize>],
        is_body: impl Fn(&str) -> bool,
    ) -> bool {
        let fits = |name: &&Range<usize>| {
            let name = &self.text[(*name).clone()];
            match ground {
                Ground::Names => self.bodies.is_named(name),
                Ground::Label | Ground::Verb => is_body(name),
            }
        };
        let bodies = names.iter().filter(fits).count();
        match ground {
            // Who leads is said of bodies alone: a declaration is as good as a verb.
            Ground::Names if !self.declared => {
                let all_fit = names.iter().all(|name| {
                    let name = &self.text[name.clone()];
                    is_body(name) || self.bodies.is_body_beside_others(name)
                });
                bodies > 0 && bodies * 2 >= names.len() && all_fit
            }
            // 广州、深圳市政府分别负责: a place beside a body means its government.
            _ => {
                let places = names.iter().filter(|name| self.is_place_alone(name)).count();
                bodies > 0 && (bodies + places) * 3 >= names.len() * 2
            }
        }
    }

    fn is_place_alone(&self, name: &Range<usize>) -> bool {
        let name = &self.text[name.clone()];
        self.bodies.is_place(name) && !self.bodies.is_body(name)
    }
}
