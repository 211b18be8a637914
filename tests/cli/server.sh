#!/usr/bin/env bash
# The first command of the README, twice, in a copy of the source, and the tree that `meson install` makes.
. "$(dirname "$0")/tap.sh"

unset JALON_DATABASE
mkdir copy
tar -C "$root" --exclude='./build*' --exclude=./var --exclude=./.git --exclude=node_modules -cf - . | tar -C copy -xf -
cd copy || exit 1
# Until it says where it answers, or ends.
serve() {
	script/server --listen 127.0.0.1:0 >../out 2>../err </dev/null &
	server=$!
	while ! grep -q "^Jalon answers at" ../out && kill -0 $server 2>/dev/null; do sleep 0.1; done
}
end() {
	kill -TERM $server
	wait $server
	status=$?
}
serve
end
ok "script/server builds, fills, shows the accounts, serves and ends when told" 'exits 0 && says "Jalon answers at http://127.0.0.1" "build/jalon questionnaire" "build/jalon help"'
grep -vE "^(Filling|Jalon answers)" ../out >../first
before=$(cksum <var/jalon.db)
started=$SECONDS
serve
end
ok "a second time it only serves, quickly" 'exits 0 && [ $((SECONDS - started)) -le 8 ] && grep -v "^Jalon answers" ../out | cmp -s - ../first && [ "$(cksum <var/jalon.db)" = "$before" ]'
build/jalon questionnaire --contract-year 1 >../out 2>../err
status=$?
ok "the questionnaire is not empty" 'exits 0 && grep -E "1\.1\.beneficiaries" ../out | grep -qE "[1-9][0-9]"'
build/jalon check >../out 2>../err
status=$?
ok "the program in the build folder uses that database" 'exits 0 && says "$PWD/var/jalon.db"'
env LC_ALL=fr build/jalon check >../out 2>../err
status=$?
ok "and speaks French before it is installed" 'exits 0 && says "Tout tient"'
ok "git would see nothing new" '[ "$(ls -A | sort | tr "\n" " ")" = "$(cd "$root" && ls -A | grep -vxE "build.*|var|\.git" | cat - <(printf "build\nvar\n") | sort | tr "\n" " ")" ]'

ninja -C build >../out 2>../err && DESTDIR=$work/tree meson install -C build --no-rebuild >../out 2>../err
status=$?
prefix=$(cd "$work/tree" && find . -name bin -type d)
prefix=$work/tree/${prefix%/bin}
ok "meson install puts everything in its place" 'exits 0 && [ -x "$prefix/bin/jalon" ] && [ -s "$prefix/share/man/man1/jalon.1" ] && [ -s "$prefix/share/man/fr/man1/jalon.1" ] && [ -s "$prefix/share/bash-completion/completions/jalon.bash" ]'
cd "$work" || exit 1
rm -rf copy
env LC_ALL=fr "$prefix/bin/jalon" --help >out 2>err
status=$?
ok "the installed program speaks French" 'exits 0 && says Utilisation'
"$prefix/bin/jalon" check >out 2>err
status=$?
ok "and keeps its data in the user's folder" 'exits 3 && complains "$HOME/.local/share/jalon/jalon.db"'
done_testing
