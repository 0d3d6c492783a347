"""Whether the model's draws are as wide as history: intervals from past base years set beside what came."""
