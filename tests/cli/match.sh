#!/usr/bin/env bash
# jalon match: which records of a list are one person.
. "$(dirname "$0")/tap.sh"

sets=$root/tests/cases/match
cp "$sets/people.csv" .
run match people.csv --out clusters.csv --pairs pairs.csv
ok "a list is matched, and how many people it is is said" 'exits 0 && says "700 records are" people'
ok "every record has its cluster" '[ "$(wc -l <clusters.csv)" = 701 ] && head -1 clusters.csv | grep -qx ref,cluster'
ok "pairs have a probability and their reasons" 'head -1 pairs.csv | grep -qx ref,other_ref,probability,joined,reasons && grep -q "birth date: the same" pairs.csv'
(head -1 people.csv && tail -n +2 people.csv | sort -r) >turned.csv
run match turned.csv --out turned_clusters.csv --pairs turned_pairs.csv --threads 3
ok "the order of the rows and the number of threads change no byte" 'cmp -s clusters.csv turned_clusters.csv && cmp -s pairs.csv turned_pairs.csv'

sed '1s/.*/id,who,nom,prenom,naissance,sexe,pays,tel,mail,adresse,cp,ville,numero/' people.csv >other.csv
run match other.csv --out other_clusters.csv --columns "ref=id,source=who,family_name=nom,given_name=prenom,birth_date=naissance,sex=sexe,nationality=pays,phone=tel,email=mail,address=adresse,postcode=cp,city=ville,agdref=numero"
ok "columns with names of their own give the same" 'exits 0 && cmp -s clusters.csv other_clusters.csv'
run match other.csv --out none.csv
ok "without a column for the ref: which, and how to say it" 'exits 1 && complains other.csv:1 ref --columns && [ ! -e none.csv ]'
run match people.csv --out none.csv --columns "familly_name=nom"
ok "a field that does not exist: the nearest one" 'exits 2 && complains "no field familly_name" "family_name?"'
run match people.csv --out none.csv --columns "phone=telefon,email=mel"
ok "columns that were asked for and are not there: all of them" 'exits 1 && complains telefon mel && [ ! -e none.csv ]'

printf 'ref,family_name,given_name,birth_date\na,Noori,Ali,1990-02-03\n,Noori,Ali,1990-02-03\na,Noori,Ali,1990-02-03\nb,Kov\xe9,Ali,1990\n' >bad.csv
run match bad.csv --out none.csv
ok "faults are told all at once: no ref, a ref twice, bytes that are no text" 'exits 1 && complains bad.csv:3 bad.csv:4 bad.csv:5 UTF-8 && [ ! -e none.csv ]'
printf '' >empty.csv
run match empty.csv --out none.csv
ok "an empty file is refused" 'exits 1 && complains empty.csv'
run match missing.csv --out none.csv
ok "a file that is not there" 'exits 3 && complains missing.csv || exits 1 && complains missing.csv'
run match people.csv
ok "without --out: where does the result go" 'exits 2 && complains --out'
run match people.csv --out none.csv --threads 0
ok "a number of threads that is none" 'exits 2 && complains --threads'

printf 'ref,family_name,given_name,birth_date,phone\na1,Noori,Farid,2001-05-12,0612345678\na2,Diallo,Aissatou,1999-01-01,\n' >left.csv
printf 'ref,family_name,given_name,birth_date,phone\nb1,Nouri,Fareed,12/05/2001,+33 6 12 34 56 78\nb2,Kovalenko,Olha,1988-11-30,\n' >right.csv
run match left.csv --with right.csv --out links.csv
ok "two lists: each record with one of the other at most" 'exits 0 && [ "$(wc -l <links.csv)" = 2 ] && grep -qx "a1,b1,1.0000" links.csv'
run_fr match people.csv --out clusters_fr.csv --pairs pairs_fr.csv
ok "in French, the reasons too" 'exits 0 && says personnes && grep -q "date de naissance" pairs_fr.csv && cmp -s clusters.csv clusters_fr.csv'

done_testing
