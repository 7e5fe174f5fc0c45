//! A landlord's rows case by case, and put together again: for the cases behind a figure.

use std::collections::BTreeMap;

use super::Source;

/// A landlord's rows, told apart by the case that they are about.
#[derive(Debug, Clone)]
pub struct ByCase {
    /// Those about no case.
    pub others: Source,
    /// Those about each case, by its id, without any other row.
    pub cases: BTreeMap<String, Source>,
}

macro_rules! for_each_view {
    ($apply:ident) => {
        $apply!(
            required: cases, stages, categories, refusals, escalations, remedies, actions, findings, orders, surveys,
            risks, extensions, restrictions;
            optional: failure_orders, learning
        )
    };
}

impl Source {
    /// The same landlord without rows.
    fn without_rows(&self) -> Self {
        Self {
            landlord: self.landlord.clone(),
            stock: Vec::new(),
            cases: Vec::new(),
            stages: Vec::new(),
            categories: Vec::new(),
            refusals: Vec::new(),
            escalations: Vec::new(),
            remedies: Vec::new(),
            actions: Vec::new(),
            findings: Vec::new(),
            orders: Vec::new(),
            failure_orders: Vec::new(),
            learning: Vec::new(),
            surveys: Vec::new(),
            risks: Vec::new(),
            extensions: Vec::new(),
            restrictions: Vec::new(),
            equality: Vec::new(),
            calendar: self.calendar.clone(),
        }
    }

    /// The rows by the case that they are about, but for what residents told of themselves, which nobody may join to a case. A row about a case that is not there counts as one about no case.
    #[must_use]
    pub fn by_case(&self) -> ByCase {
        let others = Self { stock: self.stock.clone(), ..self.without_rows() };
        let cases = self.cases.iter().map(|case| (case.case_id.clone(), self.without_rows())).collect();
        let mut apart = ByCase { others, cases };
        macro_rules! part {
            (required: $($required:ident),+; optional: $($optional:ident),+) => {
                $(for row in &self.$required {
                    apart.of(Some(&row.case_id)).$required.push(row.clone());
                })+
                $(for row in &self.$optional {
                    apart.of(row.case_id.as_deref()).$optional.push(row.clone());
                })+
            };
        }
        for_each_view!(part);
        apart
    }

    /// The rows of one case as those of another that is like it in everything but its name.
    #[must_use]
    pub fn twin(&self) -> Self {
        const MARK: &str = "-twin";
        let mut twin = self.clone();
        macro_rules! rename {
            (required: $($required:ident),+; optional: $($optional:ident),+) => {
                $(twin.$required.iter_mut().for_each(|row| row.case_id.push_str(MARK));)+
                $(twin.$optional.iter_mut().filter_map(|row| row.case_id.as_mut()).for_each(|id| id.push_str(MARK));)+
            };
        }
        for_each_view!(rename);
        // A determination of its own, too: one that two cases share would be counted once.
        twin.findings.iter_mut().for_each(|row| row.reference.push_str(MARK));
        twin.orders.iter_mut().for_each(|row| row.reference.push_str(MARK));
        twin.failure_orders.iter_mut().for_each(|row| row.reference.push_str(MARK));
        twin
    }

    /// These rows with those of another part of the same landlord's.
    #[must_use]
    pub fn with(&self, part: &Self) -> Self {
        let mut whole = self.clone();
        macro_rules! join {
            (required: $($required:ident),+; optional: $($optional:ident),+) => {
                $(whole.$required.extend(part.$required.iter().cloned());)+
                $(whole.$optional.extend(part.$optional.iter().cloned());)+
            };
        }
        for_each_view!(join);
        whole
    }
}

impl ByCase {
    fn of(&mut self, case_id: Option<&str>) -> &mut Source {
        let case = case_id.and_then(|case_id| self.cases.get_mut(case_id));
        case.unwrap_or(&mut self.others)
    }
}
