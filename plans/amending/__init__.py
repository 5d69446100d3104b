"""Changing a plan that was issued: a copy is edited, a paper names what differs, the plan takes it over."""
