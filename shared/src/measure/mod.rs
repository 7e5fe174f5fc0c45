//! What every published figure means, once, for the service and the reporter alike.
//!
//! Figures are made of whole numbers and rounded only when printed, half up, without floating point. Nothing here reads a
//! clock or a file: dates come in with the rows.

mod acknowledgement;
mod chance;
mod change;
mod choice;
mod control;
mod counting;
mod definition;
mod group;
mod mask;
mod money;
mod period;
mod rate;
mod sector;
mod spread;
mod stage;
mod term;
mod weighted;
mod year;

pub use acknowledgement::Acknowledged;
pub use chance::{Difference, Events, ONCE_IN, compare_counts, compare_shares};
pub use change::Change;
pub use choice::{Choices, DayCounting, Extensions, Group, Refused, ResponseClock, Withdrawn};
pub use control::{FEWEST_FOR_A_SHARE, FEWEST_FOR_LIMITS, Limits};
pub use counting::{COUNTINGS, Counting, version_of};
pub use definition::{
    ACCEPTED, ACKNOWLEDGED, ACKNOWLEDGED_BY_POLICY, ACTIONS, ANSWER, CASES_ACTED_ON, CH01_STAGE_1,
    CH01_STAGE_2, CH02_STAGE_1, CH02_STAGE_2, COMPLAINTS_PER_THOUSAND, DEFINITIONS, DETERMINED_AGAINST,
    DISCRETION, Definition, ESCALATION, EXTENDED, FINDING, MALADMINISTRATION, NOTICES_WITH_DETAILS, ORDERS,
    OUTCOME, OVERTURNED, RESPONDED, RESPONDED_BY_POLICY, SATISFIED, SHARE_OF_MADE, SHARE_OF_RECEIVED,
    SHARE_OF_REQUESTS, SHARE_OF_RESIDENTS, TP09, UPDATES_GIVEN, UPHELD,
};
pub use group::{AGES, Age, OUTCOMES, UPHELD_OUTCOMES};
pub use mask::{Masked, SMALLEST_SHOWN, mask};
pub use money::{Average, Pence, thousands};
pub use period::{Period, PeriodError};
pub use rate::{Figure, Marker, Rate, Scale, Tenths};
pub use sector::{
    FEWEST_PEERS, Hundredths, NotAFigure, Quartiles, Sector, SectorMeasure, is_like_size, sector,
};
pub use spread::Spread;
pub use stage::{
    Counted, InTime, LCHO_SEPARATE_FROM_HOMES, StageDates, StockType, counted, provisional_until,
};
pub use term::{
    AVERAGE, BEYOND_CHANCE, CONTROL_LIMITS, DAYS_TO_ACKNOWLEDGE, DAYS_TO_ANSWER, MASKED, MEDIAN, NINETIETH,
    OPEN, OVERDUE, PEERS, PERIOD, POOLED, PROVISIONAL, QUARTILES, SECTOR_TERMS, SEVERE, TERMS, Term,
};
pub use weighted::{NotACount, Satisfaction, Weighted};
pub use year::{Quarter, ReportingYear};
