"""The way of a plan out of the house: issued and frozen."""
