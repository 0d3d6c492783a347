"""Choose: strategies compared over the same futures, where each fails, and when to switch."""
