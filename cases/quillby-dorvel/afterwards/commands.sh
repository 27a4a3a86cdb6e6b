#!/bin/sh
# What the clerk of Quillby did from the posted agenda to the docket, in the order of the days; each
# command is told in docs/how-to/adopt-sign-send-answer.md. From the top of the project:
#   CASE=out/quillby-clerk/case OUT=out/quillby-clerk sh cases/quillby-dorvel/afterwards/commands.sh
# All who are named and all addresses are invented, and nothing is sent anywhere.
set -eu
: "${CASE:?}" "${OUT:?}"
FROM='Town Clerk <clerk@quillby.example>'
PAPERS=cases/quillby-dorvel/afterwards
export GRAVAMEN_ACTOR='Town Clerk'

# The case, and the motion as it goes on the agenda.
gravamen import cases/quillby-dorvel/case.yaml "$CASE"
gravamen draft "$CASE" --on 2026-05-08 --out "$OUT/agenda"
gravamen capture "$CASE" "$PAPERS/agenda-2026-05-12.txt" --id s.agenda

# Adopt.
gravamen adopt post "$CASE" --id st.posted --at 2026-05-08T16:30-07:00 \
  --meeting 2026-05-12T18:00-07:00 --item 9 --evidence s.agenda \
  --description 'Resolution asking eight offices to act on persons named for shocks, a death and a detention at Dorvel prison' \
  --place 'board outside the main door of the Town Hall' \
  --url https://quillby.example/agendas/2026-05-12
gravamen capture "$CASE" "$PAPERS/minutes-2026-05-12.txt" --id s.minutes
gravamen adopt move "$CASE" --id st.moved --member pellworth \
  --at 2026-05-12T19:12-07:00 --evidence s.minutes
gravamen adopt second "$CASE" --id st.seconded --member sarth \
  --at 2026-05-12T19:12-07:00 --evidence s.minutes
gravamen adopt amend "$CASE" --id st.amended --member tack --accepted \
  --at 2026-05-12T19:40-07:00 --evidence s.minutes \
  --insert-after s48='That the Town Clerk tell each person and company named in this resolution of it, so that they can answer.'
gravamen adopt vote "$CASE" --id st.voted --at 2026-05-12T19:58-07:00 --evidence s.minutes \
  --aye nollard --aye sarth --aye pellworth --aye tack \
  --no brandt --recused orreby --absent marsh
gravamen adopt record "$CASE" --id st.recorded --at 2026-05-13 \
  --number 'Resolution 2026-31' --evidence s.minutes

# Sign.
gravamen sign new-key 'Beatrix Nollard' --out "$OUT/keys/nollard" --at 2026-05-04T09:00-07:00
gravamen sign new-key 'Emeka Sarth' --out "$OUT/keys/sarth" --at 2026-05-04T09:00-07:00
gravamen sign new-key 'Juno Pellworth' --out "$OUT/keys/pellworth" --at 2026-05-04T09:00-07:00
gravamen sign new-key 'Wilhelmina Tack' --out "$OUT/keys/tack" --at 2026-05-04T09:00-07:00
gravamen sign vouch "$CASE" --as nollard --cert "$OUT/keys/nollard.cert.pem" \
  --vouched-by 'Town Clerk' --how 'handed over in person' --at 2026-05-14
gravamen sign vouch "$CASE" --as sarth --cert "$OUT/keys/sarth.cert.pem" \
  --vouched-by 'Town Clerk' --how 'handed over in person' --at 2026-05-14
gravamen sign vouch "$CASE" --as pellworth --cert "$OUT/keys/pellworth.cert.pem" \
  --vouched-by 'Town Clerk' --how 'handed over in person' --at 2026-05-14
gravamen sign vouch "$CASE" --as tack --cert "$OUT/keys/tack.cert.pem" \
  --vouched-by 'Town Clerk' --how 'handed over in person' --at 2026-05-14
gravamen draft "$CASE" --on 2026-05-14 --out "$OUT"
gravamen sign open "$CASE" --minimum 3 --at 2026-05-14T16:00-07:00 \
  letter-us.treasury.secretary letter-us.state.secretary \
  letter-us.senate.foreign_relations letter-us.house.foreign_affairs \
  letter-uk.fcdo.secretary letter-eu.high_representative \
  letter-ca.foreign_minister letter-au.foreign_minister
gravamen sign "$CASE" --as nollard --all --out "$OUT" --at 2026-05-15T09:10-07:00 \
  --key "$OUT/keys/nollard.key.pem" --cert "$OUT/keys/nollard.cert.pem"
gravamen sign "$CASE" --as pellworth --all --out "$OUT" --at 2026-05-15T11:30-07:00 \
  --key "$OUT/keys/pellworth.key.pem" --cert "$OUT/keys/pellworth.cert.pem"
gravamen sign "$CASE" --as tack --all --out "$OUT" --at 2026-05-15T17:45-07:00 \
  --key "$OUT/keys/tack.key.pem" --cert "$OUT/keys/tack.cert.pem"
gravamen sign "$CASE" --as sarth --all --out "$OUT" --at 2026-05-18T08:20-07:00 \
  --key "$OUT/keys/sarth.key.pem" --cert "$OUT/keys/sarth.cert.pem"
gravamen sign withdraw "$CASE" round-8 tack --at 2026-05-19T10:00-07:00 \
  --reason 'She has a relative who works for that ministry.'
gravamen sign show "$CASE" --on 2026-05-19
gravamen verify "$OUT/letter-au.foreign_minister.pdf" --case "$CASE" --brief

# Send.
gravamen capture "$CASE" "$PAPERS/mail-log-2026-05-20.txt" --id s.mail-log
gravamen send "$CASE" --all --from "$FROM" --to-eml "$OUT/mail" \
  --sent-at 2026-05-20T10:02-07:00 --evidence s.mail-log
gravamen note follow-up "$CASE" --id f.senate --set 2026-05-20 --due 2026-08-20 \
  --dispatch dispatch.us.senate.foreign_relations-1 --why 'three months after the letter went'

# What came back.
gravamen receive "$CASE" --accept "$PAPERS/eu-bounce.eml" "$PAPERS/treasury-auto.eml"
gravamen note holder "$CASE" eu.high_representative --id n.eu.high_representative \
  --address Cabinet --address '60 Example Square' --address Brussels \
  --confirmed 2026-05-27 --source 'invented for this case'
gravamen send "$CASE" letter-eu.high_representative --via post --print "$OUT/post" \
  --again 'The mail came back.' --sent-at 2026-05-28T11:20-07:00 \
  --receipt 'RR 4471 9902 6 QB' --evidence "$PAPERS/post-receipt-eu.txt"
gravamen receive "$CASE" --accept "$PAPERS/treasury-ack.eml" "$PAPERS/uk-ack.eml"
gravamen receive "$CASE" "$PAPERS/state-referral.eml"
gravamen judge "$CASE" reply.5 --verdict accepted --reason 'Read it beside the letter.'
gravamen receive "$CASE" --accept "$PAPERS/canada-no-power.eml"
gravamen receive "$CASE" "$PAPERS/house-reply.eml" --kind substantive \
  --answer 'r.us.clock.ovresti=granted:jointly wrote to the President and asked for a determination on Colonel Zuran Ovresti'
gravamen note clock-started "$CASE" clk.glomag.120 --id k.ovresti \
  --at 2026-07-15T10:40-04:00 --evidence "$PAPERS/house-release.html" \
  --request r.us.clock.ovresti --signer us.house.foreign_affairs:chairperson \
  --signer us.house.foreign_affairs:ranking-member
gravamen follow-up "$CASE" dispatch.us.senate.foreign_relations-1 \
  --on 2026-08-21 --out "$OUT/again"
gravamen note outside "$CASE" listing --id o.uk --at 2026-10-06 --edition '6 October 2026' \
  --summary 'The list adds Maresa Tolvik, with a travel ban and no freeze of funds' \
  --source "$PAPERS/uk-list-notice.txt" --of uk.fcdo.secretary --answer r.uk.tolvik=partly

# The docket.
gravamen docket "$CASE" --on 2026-11-23 --html "$OUT/docket" --ics "$OUT/docket.ics" \
  --svg "$OUT/timeline.svg"
gravamen docket "$CASE" --on 2026-11-23 --request r.us.clock.ovresti
