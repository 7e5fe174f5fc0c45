//! Somebody who has every published table before them, and works out what is masked: whole numbers of which it is known between which
//! two they lie, and which of them add up to which others.

use std::collections::BTreeMap;

/// Between which two numbers a count lies, both included.
pub type Bounds = (i64, i64);

/// No count is larger.
const MOST: i64 = 1_000_000;

/// What is known.
#[derive(Debug, Clone, Default)]
pub struct Attack {
    bounds: BTreeMap<String, Bounds>,
    sums: Vec<(Vec<String>, String)>,
}

impl Attack {
    /// A count that is told.
    pub fn told(&mut self, name: &str, count: i64) {
        self.between(name, (count, count));
    }

    /// A count that is not told, or only roughly.
    pub fn between(&mut self, name: &str, bounds: Bounds) {
        let known = self.bounds.entry(name.to_owned()).or_insert((0, MOST));
        *known = (known.0.max(bounds.0), known.1.min(bounds.1));
    }

    /// A count that is masked.
    pub fn masked(&mut self, name: &str) {
        self.between(name, (0, MOST));
    }

    /// That some counts add up to another; what is not known at all may be any number from zero.
    pub fn add_up(&mut self, parts: &[String], whole: &str) {
        for name in parts.iter().map(String::as_str).chain([whole]) {
            self.between(name, (0, MOST));
        }
        self.sums.push((parts.to_vec(), whole.to_owned()));
    }

    /// Narrows every count as far as the sums do, one after the other, until none narrows any further.
    ///
    /// # Panics
    /// When no numbers fit: then a sum was supposed that does not hold.
    pub fn narrow(&mut self) {
        assert!(self.try_narrow(), "no numbers fit what was supposed");
    }

    /// Between which numbers a count lies.
    pub fn bounds(&self, name: &str) -> Bounds {
        self.bounds[name]
    }

    /// Whether numbers can be found for everything so that this count is the given one: tried out, one count after the other. Only for
    /// little tables.
    pub fn can_be(&self, name: &str, count: i64) -> bool {
        let mut supposed = self.clone();
        supposed.bounds.insert(name.to_owned(), (count, count));
        supposed.fits()
    }

    fn fits(mut self) -> bool {
        if !self.try_narrow() {
            return false;
        }
        let open = self.bounds.iter().filter(|(_, bounds)| bounds.0 < bounds.1);
        let Some((name, (least, most))) = open.min_by_key(|(_, bounds)| bounds.1 - bounds.0) else {
            return true;
        };
        let (name, least, most) = (name.clone(), *least, *most);
        (least..=most).any(|count| {
            let mut supposed = self.clone();
            supposed.bounds.insert(name.clone(), (count, count));
            supposed.fits()
        })
    }

    /// As [`Attack::narrow`]; false where no numbers fit.
    fn try_narrow(&mut self) -> bool {
        loop {
            let before = self.bounds.clone();
            for (parts, whole) in self.sums.clone() {
                let all: Vec<Bounds> = parts.iter().map(|part| self.bounds[part]).collect();
                let (least, most): (i64, i64) =
                    (all.iter().map(|bounds| bounds.0).sum(), all.iter().map(|bounds| bounds.1).sum());
                self.between(&whole, (least, most.min(MOST)));
                let whole = self.bounds[&whole];
                for (part, own) in parts.iter().zip(all) {
                    self.between(part, (whole.0 - (most - own.1), whole.1 - (least - own.0)));
                }
            }
            if self.bounds.values().any(|bounds| bounds.0 > bounds.1) {
                return false;
            }
            if before == self.bounds {
                return true;
            }
        }
    }
}
