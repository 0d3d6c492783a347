"""The page: Framsyn for people who never use a terminal, and the interface for programs that it rests on.

What enters is a request; what leaves is a page, or an answer of `/api/v1`. The rooms below do the work: here
it is asked for, kept within bounds, said in three languages, and never wrong by more than the rooms are.
"""
