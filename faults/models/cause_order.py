"""In which order the causes of an entry are asked about: the editor's, moved by what solved it. Pure: no Django."""

FEWEST = 10  # solved calls of an entry before any cause moves at all
PRIOR = 20.0  # the editor's order weighs as much as so many solved calls


def order_of_causes(solved: list[int]) -> list[int]:
    """The places of the causes, in the order to ask in. `solved`: how often each was the one, in the editor's order.

    The editor's order is a prior: of PRIOR calls the first cause would have solved most, the second half as many, the third a third.
    What was counted is added, and the causes are sorted by the sum (the mean of a Dirichlet distribution, but for a constant);
    of equals the editor's first goes first.
    """
    places = list(range(len(solved)))
    if sum(solved) < FEWEST:
        return places
    whole = sum(1 / (place + 1) for place in places)
    return sorted(places, key=lambda place: -(PRIOR / (place + 1) / whole + solved[place]))
