//! What every published figure means, once, for the service and the reporter alike.
//!
//! Figures are made of whole numbers and rounded only when printed, half up, without floating point. Nothing here reads a
//! clock or a file: dates come in with the rows.

mod acknowledgement;
mod change;
mod choice;
mod definition;
mod mask;
mod money;
mod period;
mod rate;
mod stage;
mod weighted;
mod year;

pub use acknowledgement::Acknowledged;
pub use change::Change;
pub use choice::{Choices, DayCounting, Extensions, Group, Refused, ResponseClock, Withdrawn};
pub use definition::{
    ACKNOWLEDGED, ACTIONS, CH01_STAGE_1, CH01_STAGE_2, CH02_STAGE_1, CH02_STAGE_2, DEFINITIONS, Definition,
    ESCALATION, MALADMINISTRATION, ORDERS, RESPONDED, TP09, UPHELD,
};
pub use mask::{Masked, SMALLEST_SHOWN, mask};
pub use money::{Average, Pence, thousands};
pub use period::{Period, PeriodError};
pub use rate::{Figure, Marker, Rate, Scale, Tenths};
pub use stage::{
    Counted, InTime, LCHO_SEPARATE_FROM_HOMES, StageDates, StockType, counted, provisional_until,
};
pub use weighted::{NotACount, Satisfaction, Weighted};
pub use year::{Quarter, ReportingYear};
