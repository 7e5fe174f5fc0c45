//! What a policy's rules say to the provisions, a bullet to a rule.

use std::collections::BTreeMap;

use redress_shared::policy::Profile;

use super::{intake, oversight, stages};
use crate::basis::Basis;

/// Bullets by the number of the provision that they are evidence for.
#[derive(Debug, Default)]
pub struct Evidence(BTreeMap<&'static str, Vec<String>>);

impl Evidence {
    /// Everything that a profile's rules answer.
    pub fn of(profile: &Profile) -> Self {
        let mut evidence = Self::default();
        intake::tell(profile, &mut evidence);
        stages::tell(profile, &mut evidence);
        oversight::tell(profile, &mut evidence);
        evidence
    }

    /// The provisions that there is evidence for.
    #[cfg(test)]
    pub fn numbers(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The bullets for a provision.
    pub fn for_provision(&self, number: &str) -> Vec<String> {
        self.0.get(number).cloned().unwrap_or_default()
    }

    /// Adds a rule; once, where two stages have the same one.
    pub fn say(&mut self, number: &'static str, basis: Basis<'_>, text: &str) {
        let bullets = self.0.entry(number).or_default();
        let bullet = basis.bullet(text);
        if !bullets.contains(&bullet) {
            bullets.push(bullet);
        }
    }

    /// Adds the items of a list, together where they stand on the same clause and reading.
    pub fn list<'a>(
        &mut self,
        number: &'static str,
        lead: &str,
        items: impl IntoIterator<Item = (Basis<'a>, String)>,
    ) {
        let mut groups: Vec<(Basis<'a>, Vec<String>)> = Vec::new();
        for (basis, item) in items {
            // Two rules without a clause are both readings, whatever each reading says.
            let same = |other: &Basis<'_>| *other == basis || (other.clause, basis.clause) == (None, None);
            match groups.iter_mut().find(|(other, _)| same(other)) {
                Some((_, together)) => together.push(item),
                None => groups.push((basis, vec![item])),
            }
        }
        for (basis, items) in groups {
            self.say(number, basis, &format!("{lead} {}", items.join("; ")));
        }
    }
}

/// A word of a closed list as it is read.
pub fn plain(word: &str) -> String {
    word.replace('-', " ")
}
