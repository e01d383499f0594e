//! Duties and goals in the rows of tables, read by what heads their columns.

use std::ops::Range;

use gangmu_model::{
    AgencyMention, Assignment, AssignmentForm, Baseline, DeadlineKind, Role, Target, TargetType,
};

use super::assignment::{declares_first_leads, read_cell};
use super::goals::deadline;
use super::target::{
    CellValue, RawDeadline, TargetContext, Titles, cell_deadline, change_of_name, extract_targets,
    introduced_deadline, names_goals, read_scoped_value, read_value, spread_of_head,
    stated_deadline, unit_of_name,
};
use super::{Reader, headings};
use crate::columns::{ColumnKind, period_of};
use crate::marker::recognise;
use crate::outline::TablePlace;
use crate::table::Table;
use crate::tabular::lines_of;

/// Years between the base and the goal where two columns say nothing but years.
const PLAN_YEARS: i32 = 5;

/// The columns of a table that hold values.
struct Measures {
    base: Option<usize>,
    targets: Vec<usize>,
    /// The one with the last year.
    last: Option<usize>,
}

impl Reader<'_, '_> {
    /// Reads a row that is a division, or all rows of a table that are none.
    pub(super) fn read_table(&mut self, at: usize, place: TablePlace) {
        let table = self.view.table(place.table);
        let measures = self.measures(table);
        match place.row {
            Some(row) => {
                self.read_duties(at, table, row);
                self.read_goals(at, table, row, &measures);
            }
            None => {
                for row in table.body(self.view.source()) {
                    if table.rows[row].ordinal.is_none() {
                        self.read_goals(at, table, row, &measures);
                    }
                }
            }
        }
    }

    fn read_duties(&mut self, at: usize, table: &Table, row: usize) {
        let view = self.view;
        let text = view.folded();
        let cells = &table.rows[row].cells;
        let leads_beside = table.bodies().any(|(column, role)| {
            role == Role::Lead
                && cells.get(column).is_some_and(|cell| !view.text(cell.clone()).is_empty())
        });
        for (column, role) in table.bodies() {
            let Some(cell) = cells.get(column).filter(|cell| !cell.is_empty()) else { continue };
            let head = table.rows[table.columns[column].head].cells[column].clone();
            let declares = declares_first_leads(view.text(head.clone()));
            self.state.first_leads(declares);
            // 责任单位(列第一位的为牵头单位): the label ends before the remark.
            let remark = view.text(head.clone()).find('(').filter(|_| declares);
            let head = head.start..remark.map_or(head.end, |at| head.start + at);
            let first_leads = self.state.first_is_lead() && !leads_beside;
            let lines = lines_of(view, cell.clone());
            let source = table.grid.rows[row].cells[column].clone();
            for group in read_cell(text, lines, role, &self.bodies, first_leads) {
                let label = group.label.unwrap_or_else(|| head.clone());
                let agencies = group.agencies.iter().flat_map(|name| {
                    let written = view.verbatim(name.clone());
                    let parts = self.bodies.parts(&written).into_iter();
                    let agency = |name: &str| AgencyMention {
                        name: name.to_owned(),
                        full_name: self.bodies.full_name(name),
                    };
                    parts.map(agency).collect::<Vec<_>>()
                });
                let assignment = Assignment {
                    division: self.ids[at].clone(),
                    role: group.role,
                    label: Some(view.verbatim(label)),
                    agencies: agencies.collect(),
                    open_ended: group.open_ended,
                    form: AssignmentForm::Table,
                    text: view.cell_as_written(&table.grid.rows[row], column),
                    span: self.table.span(source.clone()),
                };
                self.layers.assignments.push(assignment);
            }
        }
    }

    /// Says which columns hold the base and which the goals. Years alone are
    /// told apart by the document's own year or, of two, by the length of a plan.
    fn measures(&self, table: &Table) -> Measures {
        let of_kind = |kind: ColumnKind| {
            let columns = table.columns.iter().enumerate();
            columns.filter(move |(_, column)| column.kind == Some(kind)).map(|(at, _)| at)
        };
        let year = |at: usize| table.columns[at].year.as_ref().map_or(0, |year| year.year);
        let mut base = of_kind(ColumnKind::Base).next();
        let mut targets: Vec<usize> = of_kind(ColumnKind::Target).collect();
        let years: Vec<usize> = of_kind(ColumnKind::Year).collect();
        let is_past = |at: usize| match (self.year, years.as_slice()) {
            _ if !targets.is_empty() => targets.iter().all(|&target| year(at) < year(target)),
            (Some(now), _) => year(at) < now,
            (None, &[first, second]) => at == first && year(second) - year(at) >= PLAN_YEARS,
            _ => false,
        };
        let past = years.iter().copied().filter(|&at| is_past(at)).max_by_key(|&at| year(at));
        let ahead: Vec<usize> = years.iter().copied().filter(|&at| !is_past(at)).collect();
        base = base.or(past);
        if targets.is_empty() {
            targets = ahead;
        }
        if table.looks_back(self.view.folded()) {
            targets.clear();
        }
        let last = targets.iter().copied().filter(|&at| year(at) > 0).max_by_key(|&at| year(at));
        Measures { base, targets, last }
    }

    fn read_goals(&mut self, at: usize, table: &Table, row: usize, measures: &Measures) {
        let view = self.view;
        let cells = &table.rows[row].cells;
        let titles = Titles::new(headings(self.nodes, view, at), self.year);
        let due = table
            .column(|kind| kind == Some(ColumnKind::Deadline))
            .and_then(|column| lines_of(view, cells.get(column)?.clone()).next())
            .and_then(|cell| cell_deadline(view.folded(), cell, self.year))
            .map(|found| self.quoted(found));
        let told = || {
            let title = self.nodes[at].title.clone().map(|title| view.text(title));
            titles
                .deadline()
                .cloned()
                .or_else(|| introduced_deadline(title?))
                .or_else(|| self.planned(self.nodes[at].title.clone()?))
                .or_else(|| self.stated_above(at))
        };
        let default = due.clone().or_else(told);
        let n_before = self.layers.targets.len();
        for &column in &measures.targets {
            let Some(cell) = cells.get(column) else { continue };
            let deadline = self
                .head_deadline(table, column)
                .or_else(|| self.plan_end(table, column, measures))
                .or_else(|| self.head_period(table, column))
                .or_else(|| default.clone());
            let is_measured = table.column(|kind| kind == Some(ColumnKind::Indicator)).is_some();
            for line in lines_of(view, cell.clone()) {
                let value = read_value(view.folded(), line.clone(), self.lexicon).or_else(|| {
                    let read = || read_scoped_value(view.folded(), line.clone(), self.lexicon);
                    is_measured.then(read).flatten()
                });
                match value {
                    Some(value) => {
                        let place = ValuePlace { table, row, column, base: measures.base };
                        self.take_value(at, &place, value, deadline.clone());
                    }
                    None => self.read_clauses(at, line, &titles, deadline.clone()),
                }
            }
        }
        let subject = table.subject();
        for (column, cell) in cells.iter().enumerate() {
            let kind = table.columns.get(column).and_then(|column| column.kind);
            let is_task = kind == Some(ColumnKind::Task)
                || table.rows[row].ordinal.is_some() && kind.is_none();
            // A cell that spans several rows or columns states its goals once.
            let above = row.checked_sub(1).and_then(|above| table.rows[above].cells.get(column));
            let beside = column.checked_sub(1).and_then(|beside| cells.get(beside));
            let words = view.text(cell.clone());
            let repeats = [above, beside]
                .into_iter()
                .flatten()
                .any(|other| view.text(other.clone()) == words);
            if is_task && !repeats {
                for line in lines_of(view, cell.clone()) {
                    self.read_clauses(at, line, &titles, default.clone());
                }
            }
        }
        let dated = self.layers.targets[n_before..].iter().any(|target| target.deadline.is_some());
        if let (Some(due), Some(subject)) = (due, subject)
            && !dated
            && table.rows[row].ordinal.is_some()
        {
            self.take_task(at, table, row, subject, due);
        }
    }

    /// The date ahead that a paragraph states above a table of indicators, under a title of goals.
    fn stated_above(&self, at: usize) -> Option<RawDeadline> {
        const MOST_LEVELS: usize = 3;
        let mut above = self.nodes[at].parent;
        for _ in 0..MOST_LEVELS {
            let node = &self.nodes[above?];
            let title = node.title.clone().map(|title| self.view.text(title));
            if title.is_some_and(|title| names_goals(&[title])) {
                let texts = node.texts.iter().map(|text| self.view.text(text.clone()));
                let stated =
                    texts.take(MOST_LEVELS).find_map(|text| stated_deadline(text, self.year))?;
                return Some(RawDeadline { range: None, ..stated });
            }
            above = node.parent;
        }
        None
    }

    /// Reads the goals in the clauses of a cell; what has no date of its own is due by `deadline`.
    fn read_clauses(
        &mut self,
        at: usize,
        line: Range<usize>,
        titles: &Titles<'_>,
        deadline: Option<RawDeadline>,
    ) {
        let context = TargetContext {
            lexicon: self.lexicon,
            titles,
            document_year: self.year,
            first_goal_year: self.first_goal_year,
            inherited_deadline: deadline,
            goals_expected: !self.has_rules,
        };
        let found = extract_targets(self.view.text(line.clone()), &context);
        for raw in found {
            let is_own = raw.deadline.as_ref().is_some_and(|deadline| deadline.range.is_some());
            // A task without a number is no goal for being in a table.
            if raw.target_type == TargetType::Quantitative || is_own {
                self.take_target(at, line.start, raw);
            }
        }
    }

    fn take_value(
        &mut self,
        at: usize,
        place: &ValuePlace<'_>,
        value: CellValue,
        deadline_of_column: Option<RawDeadline>,
    ) {
        let view = self.view;
        let text = view.folded();
        let &ValuePlace { table, row, column, base } = place;
        let cells = &table.rows[row].cells;
        let cell_of = |kind: ColumnKind| {
            let column = table.column(|found| found == Some(kind))?;
            let cell = cells.get(column)?.clone();
            (!view.text(cell.clone()).is_empty()).then_some((column, cell))
        };
        let indicator = cell_of(ColumnKind::Indicator)
            .or_else(|| {
                let subject = table.subject().filter(|&subject| subject != column)?;
                Some((subject, cells.get(subject)?.clone()))
            })
            .or_else(|| cells.first().filter(|_| column > 0).map(|cell| (0, cell.clone())));
        let name = indicator.as_ref().map(|(_, cell)| {
            let number = recognise(view.text(cell.clone())).map_or(0, |marker| marker.len);
            unit_of_name(text, cell.start + number..cell.end, self.lexicon)
        });
        let (name, unit_of_name) = name.map_or((None, None), |(name, unit)| (Some(name), unit));
        let unit = cell_of(ColumnKind::Unit)
            .map(|(_, cell)| cell)
            .or_else(|| value.unit.clone())
            .or(unit_of_name);
        let change = value
            .change
            .or_else(|| change_of_name(text, name.as_ref().filter(|name| !name.is_empty())?));
        let own = &table.grid.rows[row];
        let named = &own.cells[indicator.as_ref().map_or(column, |(at, _)| (*at).min(column))];
        let held = &own.cells[column];
        // The pieces of a name may stand round the value.
        let source = named.start.min(held.start)..named.end.max(held.end);
        let quote = |range: &Range<usize>| view.verbatim(range.clone());
        let baseline = base
            .filter(|&base| base != column)
            .and_then(|base| Some((base, cells.get(base)?)))
            .filter(|(_, cell)| view.text((*cell).clone()).contains(|ch: char| ch.is_ascii_digit()))
            .map(|(base, cell)| Baseline {
                text: quote(cell),
                year: table.columns[base].year.as_ref().map(|year| year.year),
            });
        let mut qualifiers: Vec<String> = value.qualifiers.iter().map(quote).collect();
        let nature = cell_of(ColumnKind::Nature).map(|(_, cell)| quote(&cell));
        qualifiers.extend(nature.filter(|nature| nature.contains(char::is_alphabetic)));
        let head = table.rows[table.columns[column].head].cells[column].clone();
        let spread = spread_of_head(text, head, view.text(cells[column].clone()));
        qualifiers.extend(spread.as_ref().map(quote).filter(|word| !qualifiers.contains(word)));
        let target = Target {
            division: self.ids[at].clone(),
            target_type: TargetType::Quantitative,
            text: view.unmarked(source.clone()),
            span: self.table.span(source),
            indicator: name.filter(|name| !name.is_empty()).as_ref().map(quote),
            scope: value.scope.as_ref().map(quote),
            deadline: deadline_of_column.map(|found| deadline(found, &quote)),
            comparator: Some(value.comparator),
            value: value.value,
            value_max: value.value_max,
            unit: unit.as_ref().map(quote),
            value_text: Some(quote(&value.value_text)),
            change,
            baseline,
            qualifiers,
            redacted: value.redacted,
        };
        self.layers.targets.push(target);
    }

    /// A task that is due by a date and names no number: 整治预付费乱象, 2025年6月.
    fn take_task(
        &mut self,
        at: usize,
        table: &Table,
        row: usize,
        subject: usize,
        due: RawDeadline,
    ) {
        let Some(source) = table.grid.rows[row].cells.get(subject).filter(|cell| !cell.is_empty())
        else {
            return;
        };
        let view = self.view;
        let quote = |range: &Range<usize>| view.verbatim(range.clone());
        self.layers.targets.push(Target {
            division: self.ids[at].clone(),
            target_type: TargetType::Qualitative,
            text: view.cell_as_written(&table.grid.rows[row], subject),
            span: self.table.span(source.clone()),
            indicator: None,
            scope: None,
            deadline: Some(deadline(due, &quote)),
            comparator: None,
            value: None,
            value_max: None,
            unit: None,
            value_text: None,
            change: None,
            baseline: None,
            qualifiers: Vec::new(),
            redacted: false,
        });
    }

    /// The deadline that the head of a column sets: 2027年 of 2027年目标值.
    fn head_deadline(&self, table: &Table, column: usize) -> Option<RawDeadline> {
        let year = table.columns[column].year.as_ref()?;
        let text = self.view.folded();
        let found = RawDeadline::new(text, year.place.clone(), DeadlineKind::Year);
        Some(RawDeadline { year: Some(year.year), ..self.quoted(found) })
    }

    /// The end of the plan, for a column of what is reached over its years: 年均[累计]
    /// beside 2025年.
    fn plan_end(&self, table: &Table, column: usize, measures: &Measures) -> Option<RawDeadline> {
        let head = table.rows[table.columns[column].head].cells[column].clone();
        if !["年均", "累计"].iter().any(|word| self.view.text(head.clone()).contains(word)) {
            return None;
        }
        self.head_deadline(table, measures.last?)
    }

    /// The plan of five years that the head of a column names: “十四五”目标.
    fn head_period(&self, table: &Table, column: usize) -> Option<RawDeadline> {
        self.planned(table.columns[column].period.clone()?)
    }

    /// The plan of five years that folded words name.
    fn planned(&self, words: Range<usize>) -> Option<RawDeadline> {
        let text = self.view.folded();
        let (plan, place) = period_of(&text[words.clone()])?;
        let place = words.start + place.start..words.start + place.end;
        let found = RawDeadline::new(text, place, DeadlineKind::Period);
        Some(RawDeadline { period: Some(plan.to_owned()), ..self.quoted(found) })
    }

    /// Keeps the words of a deadline as they stand, for clauses elsewhere.
    fn quoted(&self, found: RawDeadline) -> RawDeadline {
        let text = match &found.range {
            Some(range) => self.view.verbatim(range.clone()),
            None => found.text,
        };
        RawDeadline { range: None, text, ..found }
    }
}

/// Where a value stands.
struct ValuePlace<'t> {
    table: &'t Table,
    row: usize,
    column: usize,
    base: Option<usize>,
}
