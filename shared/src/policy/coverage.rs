//! How much of each policy software carries, counted from the clause registers.

use std::collections::BTreeSet;
use std::fmt;

use super::register::{Handled, Register};

/// The clauses of one policy by how they are handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The policy's id.
    pub policy: String,
    /// How many operative clauses it has: what every share is out of.
    pub clauses: usize,
    /// How many of them are handled in each way, in the order of [`Handled::ALL`]. A clause handled in several ways counts in
    /// each, so that these do not add up to the clauses.
    pub by_way: Vec<(Handled, usize)>,
    /// How many of them software carries, in one way at least.
    pub by_software: usize,
}

impl Coverage {
    /// Counts a register.
    #[must_use]
    pub fn of(register: &Register) -> Coverage {
        let handled = |wanted: &dyn Fn(Handled) -> bool| {
            let rows = register.rows.iter().filter(|row| row.handled.iter().any(|handled| wanted(*handled)));
            rows.map(|row| row.clause.as_str()).collect::<BTreeSet<_>>().len()
        };
        Coverage {
            policy: register.policy.clone(),
            clauses: register.clauses.len(),
            by_way: Handled::ALL.iter().map(|way| (*way, handled(&|handled| handled == *way))).collect(),
            by_software: handled(&Handled::by_software),
        }
    }

    /// The share that software carries, in tenths of a per cent, rounded half up; none where there is no clause.
    #[must_use]
    pub fn per_mille(&self) -> Option<usize> {
        (self.clauses > 0).then(|| (2000 * self.by_software + self.clauses) / (2 * self.clauses))
    }

    fn cells(&self) -> Vec<String> {
        let share = self.per_mille().map_or_else(
            || "-".to_owned(),
            |share| format!("{}/{} = {}.{}%", self.by_software, self.clauses, share / 10, share % 10),
        );
        let ways = self.by_way.iter().map(|(_, count)| count.to_string());
        [self.policy.clone(), self.clauses.to_string()].into_iter().chain(ways).chain([share]).collect()
    }
}

/// The coverage of several policies, which prints as a table for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageTable(
    /// A row each.
    pub Vec<Coverage>,
);

impl CoverageTable {
    /// Counts registers.
    #[must_use]
    pub fn of(registers: &[Register]) -> CoverageTable {
        CoverageTable(registers.iter().map(Coverage::of).collect())
    }
}

/// Columns as wide as their widest cell: the policy to the left, figures to the right.
impl fmt::Display for CoverageTable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ways = Handled::ALL.iter().map(|way| way.as_str().to_owned());
        let header: Vec<String> = ["policy".to_owned(), "clauses".to_owned()]
            .into_iter()
            .chain(ways)
            .chain(["by software".to_owned()])
            .collect();
        let rows: Vec<Vec<String>> =
            std::iter::once(header).chain(self.0.iter().map(Coverage::cells)).collect();
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
        for row in &rows {
            for (column, cell) in row.iter().enumerate() {
                let width = width(column);
                if column == 0 {
                    write!(out, "{cell:<width$}")?;
                } else {
                    write!(out, "  {cell:>width$}")?;
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
