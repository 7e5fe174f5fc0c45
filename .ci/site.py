"""Answers a self-assessment as somebody would who agrees with every proposal, for the demonstration only."""

import sys
import tomllib

text = sys.stdin.read()
on = sys.argv[1]
known = tomllib.loads(text)
print(f'landlord = "{known["landlord"]}"\nyear = "{known["year"]}"\ncode = "{known["code"]}"')
for office in ("accountable_officer", "member_responsible"):
    if office in known:
        print(f'{office} = "{known[office]}"')
print('nothing_to_report = ["non-compliance", "landlord-report", "other-reports"]')
print('analysis = ["What the figures mean was talked over with the teams, month by month."]')
print(f'\n[governing_body]\nname = "The governing body"\nresponse = ["It has read the report."]\nresponded_on = {on}')
for number, proposed in known["provisions"].items():
    comply = proposed.get("comply", "yes")
    print(f'\n[provisions."{number}"]\ncomply = "{comply}"\nevidence = "The complaints procedure."')
    if comply == "no":
        print(f'commentary = "Too much was late."\naction = "One more officer."\naction_by = {on}')
    print(f'confirmed_by = "Head of Housing"\nconfirmed_on = {on}')
