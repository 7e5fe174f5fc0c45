//! Somebody who has every published table before them, and works out what is masked: whole numbers of which it is known between which
//! two they lie, and which of them add up to which others.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

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

    /// Those of the counts for which one number alone fits all that is known, exactly: two solutions in whole numbers are looked for that
    /// differ in the count, and every solution found is held against all sums before it is believed.
    pub fn certain(&self, names: &[String]) -> Vec<String> {
        let mut found: BTreeMap<&str, Bounds> = BTreeMap::new();
        let differs = |found: &BTreeMap<&str, Bounds>, name: &str| {
            found.get(name).is_some_and(|(least, most)| least < most)
        };
        for name in names {
            for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize] {
                if differs(&found, name) || self.bounds(name).0 == self.bounds(name).1 {
                    continue;
                }
                for (name, count) in self.solution(name, direction) {
                    let seen = found.entry(name).or_insert((count, count));
                    *seen = (seen.0.min(count), seen.1.max(count));
                }
            }
        }
        names.iter().filter(|name| !differs(&found, name)).cloned().collect()
    }

    /// Numbers for everything open that fit, the named count among them being as large or as small as it can be.
    fn solution(&self, name: &str, direction: OptimizationDirection) -> BTreeMap<&str, i64> {
        let mut problem = Problem::new(direction);
        let mut open = BTreeMap::new();
        for (known, (least, most)) in self.bounds.iter().filter(|(_, bounds)| bounds.0 < bounds.1) {
            let wanted = if known == name { 1.0 } else { 0.0 };
            open.insert(known.as_str(), problem.add_integer_var(wanted, (*least as i32, *most as i32)));
        }
        for (parts, whole) in &self.sums {
            let (mut sum, mut told) = (LinearExpr::empty(), 0);
            for (count, sign) in parts.iter().map(|part| (part, 1)).chain([(whole, -1)]) {
                match open.get(count.as_str()) {
                    Some(variable) => sum.add(*variable, f64::from(sign)),
                    None => told += i64::from(sign) * self.bounds[count].0,
                }
            }
            problem.add_constraint(sum, ComparisonOp::Eq, -told as f64);
        }
        let solved = problem.solve().expect("a solver").into_solution().expect("numbers that fit");
        let number = |variable: &Variable| solved.var_value(*variable).round() as i64;
        let numbers: BTreeMap<&str, i64> =
            open.iter().map(|(name, variable)| (*name, number(variable))).collect();
        self.believe(&numbers);
        numbers
    }

    /// Holds a solution against everything that is known.
    fn believe(&self, numbers: &BTreeMap<&str, i64>) {
        let number = |name: &String| numbers.get(name.as_str()).copied().unwrap_or(self.bounds[name].0);
        for (name, (least, most)) in &self.bounds {
            assert!((*least..=*most).contains(&number(name)), "{name}");
        }
        for (parts, whole) in &self.sums {
            assert_eq!(parts.iter().map(number).sum::<i64>(), number(whole), "{whole}");
        }
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
