"""Which chains of sheets are programmes that the database holds without their numbers."""

from collections import defaultdict

from .chaining.chains import Chains
from .records import Records
from .tables.notices import RunNotices


def recognize(chains: Chains, records: Records, notices: RunNotices) -> dict[int, int]:
    """Return the programme of each chain, by the place that stands for the chain.

    A chain without a known number belongs to the programme that an editor entered under one of
    its names, in the same ministry or in none, if the name names nothing else and no sheet of a
    year would be its second.
    """
    found = {
        chain: program
        for chain in {chains.chain_of(place) for place in range(len(chains.sheets))}
        if (program := chains.program_of(chain)) is not None
    }
    wanted = _candidates(chains, records, taken=set(found))
    claims = defaultdict(set)
    for chain, programs in wanted.items():
        for program in programs:
            claims[program].add(chain)
    for chain, programs in sorted(wanted.items()):
        if len(programs) == 1 and len(claims[min(programs)]) == 1:
            found[chain] = min(programs)
        else:
            notices.add("program.ambiguous", str(chains.sheets[chain]))
    return found


def _candidates(chains: Chains, records: Records, taken: set[int]) -> dict[int, set[int]]:
    """Return the programmes whose names each chain bears, where its years leave room."""
    ministries = {pk: name for name, pk in records.organizations.items()}
    named = defaultdict(set)
    for program in records.programs.values():
        if not program.is_kept:
            ministry = ministries.get(program.lead_organization_id, "")
            for key in program.name_keys:
                named[ministry, key].add(program.pk)
    wanted: dict[int, set[int]] = defaultdict(set)
    for place, sheet in enumerate(chains.sheets):
        chain = chains.chain_of(place)
        if chain in taken:
            continue
        years = chains.years_of(place).keys()
        for ministry in (sheet.ministry, ""):
            for program in named.get((ministry, sheet.name_key), ()):
                if not years & records.programs[program].sheet_years:
                    wanted[chain].add(program)
    return wanted
