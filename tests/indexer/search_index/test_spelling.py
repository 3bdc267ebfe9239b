"""Which spellings are one word, and which are two."""

from __future__ import annotations

import pytest

from indexer.search_index.analysis import term_of

ONE_WORD = """
    organise organize organised organized organisation organization
    recognising recognizing | prioritise prioritize | emphasised emphasized
    modernisation modernization | standardise standardize | criticise criticize
    apologised apologized | supervise supervision | revise revision | advertise advertisement
    analyse analyze | analysed analyzed
    colour color colours colors | favourite favorite | harbour harbor | labour labor
    neighbourhood neighborhood | behaviour behavior | honourable honorable | discolour discolor
    centre center centres centers centred centered | theatre theater | kilometre kilometer
    litre liter | fibre fiber | programme program programmes programs programming
    licence license licences licensed licensing | practise practice practising practicing
    defence defense | offences offenses | grey gray | travelled traveled | traveller traveler
    cancelled canceled | fuelled fueled | modelling modeling | counsellor counselor
    enrolment enrollment | instalments installments | fulfil fulfill | skilful skillful
    judgement judgment | acknowledgement acknowledgment | enquiry inquiry enquiries inquiries
    catalogue catalog | dialogue dialog | archaeology archeology | paediatric pediatric
    bus buses busses | gas gases | child children children's | woman women | shelf shelves
    learnt learned | ageing aging | plough plow | byelaws bylaws | aluminium aluminum
"""
GROUPS = [
    group.split()
    for line in ONE_WORD.strip().splitlines()
    for group in line.split("|")
    if group.split()
]
APART = """
    size sis | promise prom | noise noize | precise precize | arise arize
    | rising rizing | prize prise | meter metre | citizen citisen | laboratory labour
    | kerb curb | storey story | draught draft | tyre tire | check cheque | seize seise | poor pour
    | door dour | honorary honour | sensor sensour | humid humour | inquest request
"""


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_spellings_of_one_word(group: list[str]) -> None:
    assert len({term_of(word) for word in group}) == 1


@pytest.mark.parametrize("pair", [pair.split() for pair in APART.split("|")], ids=" ".join)
def test_words_that_only_look_alike(pair: list[str]) -> None:
    assert len({term_of(word) for word in pair}) == 2
