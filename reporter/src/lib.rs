//! Annual and quarterly reports, from cases to published figures.
