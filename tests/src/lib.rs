//! Redress used as its users use it: the CRM simulator, the scenarios and the demo.
