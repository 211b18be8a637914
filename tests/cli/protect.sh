#!/usr/bin/env bash
# Tables in which no small number can be found, and what is refused. What is published is attacked by tests/oracle/disclosure.py.
. "$(dirname "$0")/tap.sh"
heading=scope,total,men,women,under25,bpi,bpi_men,bpi_women,bpi_under25
cat >table.csv <<END
$heading
ville,40,28,12,15,30,20,10,11
T1,400,250,150,120,200,120,80,60
T2,403,252,151,121,202,122,80,61
"petit, rue",8,3,5,2,4,1,3,1
END
run protect table.csv --threshold 5
ok "nothing under 10 is printed, yet two women and four young people could be worked out: three cells more are empty" \
	'exits 0 && says "ville,40,28,12,15,30,,,"'
ok "a row of its own is not asked about dates" 'says "T1,400,250,150,120,200,120,80,60" "T2,403,252,151,121,202,122,80,61"'
ok "of few people the total alone is written" 'says "\"petit, rue\",8,,,,,,,"'
ok "the columns stay, and what was done is told beside" '[ "$(head -n 1 out)" = $heading ] && complains "4 tables, 10 cells left empty"'
run protect table.csv --threshold 5 --linked T1,T2 --quiet
ok "of two dates the three who came are not told" 'exits 0 && silent err && says T1,400 && ! says T2,403'
cp out linked
for words in "--linked T1 T2" "--linked=T1,T2" "T1 T2 --linked"; do
	# shellcheck disable=SC2086 # words
	run protect table.csv --threshold 5 --quiet $words
	ok "the same said as $words" 'exits 0 && cmp -s out linked'
done
sed -n '1p;/^T/p' table.csv >two.csv
sed -n '1p;/^T/p' linked >two
for words in "two.csv --linked --threshold 5" "--threshold 5 --linked two.csv" "two.csv --threshold 5 --linked"; do
	# shellcheck disable=SC2086 # words
	run protect --quiet $words
	ok "without names all rows are dates: $words" 'exits 0 && cmp -s out two'
done
run protect - --threshold 5 --linked
ok "nothing to read is said" 'exits 1 && complains "expected a first line with the names of the columns"'
run protect table.csv --threshold 5 --linked T1,T3
ok "a row that is not there" 'exits 1 && silent out && complains "\"T3\": expected the scope of a row. Did you mean T1?"'
run protect table.csv --threshold 5 --linked T1
ok "one row is no dates" 'exits 1 && complains "two rows or more"'
run protect table.csv --threshold 5 --linked T1,T2 --linked T2,ville
ok "a row in two tables" 'exits 1 && complains "each row in one --linked only"'
{
	echo $heading
	for i in $(seq 17); do echo "q$i,40,28,12,15,30,20,10,11"; done
} >many.csv
run protect many.csv --threshold 5 --linked
ok "at most sixteen dates" 'exits 1 && complains "at most 16 rows"'
sed -i '$d' many.csv
run protect many.csv --threshold 5 --linked
ok "sixteen dates without a change are printed alike" 'exits 0 && [ "$(tail -n +2 out | cut -d, -f2- | sort -u)" = 40,28,12,15,30,,, ]'

run protect table.csv
ok "a threshold is asked for" 'exits 2 && complains "--threshold" "11 for the public"'
for k in 1 0 -3 2.5 eleven 1001; do
	run protect table.csv --threshold "$k"
	ok "the threshold $k is refused" 'exits 2 && complains "from 2 to 1000"'
done
run protect table.csv other.csv --threshold 5
ok "one table at a time" 'exits 2 && complains "unexpected argument other.csv"'
run protect none.csv --threshold 5
ok "a file that is not there" '[ "$status" -ge 1 ] && complains none.csv'

cat >wrong.csv <<END
$heading
sum,41,28,12,15,30,20,10,11
part,40,28,12,41,30,20,10,31
men,40,8,32,15,30,20,10,11
text,40,28,12,x,30,20,10,-1
young,40,20,20,35,30,15,15,20
,40,28,12,15,30,20,10,11
short,40,28
END
run protect wrong.csv --threshold 5
ok "all faults at once, each with its remedy" 'exits 1 && silent out &&
	complains "wrong.csv:2: total: \"41\": expected men + women = 28 + 12 = 40: correct one of the three" &&
	complains "wrong.csv:3: under25: \"41\": expected at most total, which is 40" "bpi_under25: \"31\": expected at most bpi, which is 30" &&
	complains "wrong.csv:4: bpi_men: \"20\": expected at most men, which is 8" &&
	complains "wrong.csv:5: under25: \"x\": expected a whole number" "wrong.csv:5: bpi_under25: \"-1\": expected a count of people: 0 or more" &&
	complains "wrong.csv:6: under25: \"35\": expected at most 30" "wrong.csv:7: scope: expected what the row is about" "wrong.csv:8: expected 9 values"'
printf '%s\n' "${heading/bpi_men/bpi_man},who" a,1,1,0,0,0,0,0,0,me >wrong.csv
run protect wrong.csv --threshold 5
ok "a column too many would leave as it is, one too few says nothing" 'exits 1 && complains "\"who\": expected the columns" "\"bpi_man\"" "bpi_men: expected this column"'
printf 'total;men;scope;women;under25;bpi;bpi_men;bpi_women;bpi_under25\r\n40;20;x;20;20;40;20;20;20\r\n40;20;x;20;20;40;20;20;20\r\n' >order.csv
run protect order.csv --threshold 11
ok "columns in any order, with semicolons; everybody under protection is said" 'exits 0 && says "total,men,scope" "40,20,x,20,20,40,20,20,20" &&
	complains "says of everybody that they are" "another scope than the row before" && ! complains "all the women"'
run_fr protect table.csv --threshold 11
ok "in French" 'exits 0 && complains "tableaux"'
done_testing
