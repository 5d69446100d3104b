"""The way of a plan out of the house: submitted, taken back, issued and frozen."""
