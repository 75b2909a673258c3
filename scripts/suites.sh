# shellcheck shell=bash
# Runs test programs and counts what they report. Sourced by test.

# suite → project. Tidy checks that every test project stands here.
suite_names=(queue devices protocols service bridge fleet tidy journeys)
# Suites that take minutes and run only when they are named.
slow_names=(hil storm)
declare -A suite_project=(
    [queue]=tests/Queue.Tests/MotCua.Queue.Tests.csproj
    [devices]=tests/Devices.Tests/MotCua.Devices.Tests.csproj
    [protocols]=tests/Protocols.Tests/MotCua.Protocols.Tests.csproj
    [service]=tests/Service.Tests/MotCua.Service.Tests.csproj
    [bridge]=tests/CloudBridge.Tests/MotCua.CloudBridge.Tests.csproj
    [fleet]=tests/Fleet.Tests/MotCua.Fleet.Tests.csproj
    [tidy]=tests/Tidy/MotCua.Tidy.csproj
    [journeys]=tests/Journeys/MotCua.Journeys.csproj
    [hil]=tests/Hil/MotCua.Hil.csproj
    [storm]=tests/Storm/MotCua.Storm.csproj
)

passed=0
failed=0
failures=()

# fail NAME: a failure that no test program could report itself.
fail() {
    failed=$((failed + 1))
    failures+=("$1")
}

# build_all: every project in one go, which takes half the time of one after the other; compiled as it is delivered, since the clips of the cameras are judged by the thousand. What it cannot build, build_suite tells by name.
build_all() {
    timeout 900 dotnet build "$root/edge.sln" -c Release -v quiet -nologo -clp:NoSummary </dev/null >"$results/all.build.log" 2>&1 9>&-
}

# build_suite NAME
build_suite() {
    local log=$results/$1.build.log
    if ! timeout 300 dotnet build "$root/${suite_project[$1]}" -c Release -v quiet -nologo -clp:NoSummary </dev/null >"$log" 2>&1 9>&-; then
        echo "✗ $1: the build failed"
        grep -E 'error' "$log" | sort -u | head -n 20 || tail -n 20 "$log"
        fail "$1: build"
        return 1
    fi
}

# run_suite NAME: runs the built program; every test it reports counts once, and a program that reports none is a failure.
run_suite() {
    local name=$1 project=$root/${suite_project[$1]} report=$results/$1.json log=$results/$1.log code=0 program
    program=$(dirname "$project")/bin/Release/net10.0/$(basename "$project" .csproj)
    rm -f "$report"
    # A skipped test is one that nobody runs, so it fails. The limit is for a suite that hangs; a storm takes a quarter of an hour, the journeys of all pages and the cameras some minutes.
    timeout --kill-after=10 "$(case $name in storm) echo 2400 ;; journeys) echo 900 ;; devices) echo 600 ;; *) echo 300 ;; esac)" "$program" -noLogo -noColor -noAutoReporters -failSkips -ctrf "$report" </dev/null >"$log" 2>&1 9>&- || code=$?
    count_report "$name" "$report" "$code" "$log"
}

# count_report NAME REPORT EXIT_CODE LOG
count_report() {
    local name=$1 report=$2 code=$3 log=$4 good bad test
    if [[ $(jq -r '.results.tests | type' "$report" 2>/dev/null) != array ]]; then
        echo "✗ $name: ended with code $code and reported no totals"
        tail -n 20 "$log" || true
        fail "$name: no totals (exit code $code)"
        return
    fi

    good=$(jq '[.results.tests[] | select(.status == "passed")] | length' "$report")
    bad=$(jq '[.results.tests[] | select(.status != "passed")] | length' "$report")
    passed=$((passed + good))
    while IFS= read -r test; do fail "$name: $test"; done < <(jq -r '.results.tests[] | select(.status != "passed") | .name | gsub("\\s+"; " ")' "$report")
    if ((bad > 0)); then
        jq -r '.results.tests[] | select(.status != "passed") | "✗ \(.name)\n\((.message // .status) | .[0:2000])\n\((.trace // "") | .[0:1500])"' "$report"
    fi

    if ((good + bad == 0)); then
        fail "$name: no test ran"
    elif ((code != 0 && bad == 0)); then
        tail -n 20 "$log"
        fail "$name: ended with code $code though no test failed"
    fi
    echo "$name: $good passed, $bad failed"
}

# run_mutants: mutation testing of the queue, one folder after another, so that an hour's work shows its figures as it goes. On a copy, since the tool
# leaves changed programs behind when it is stopped. Counts as one test.
run_mutants() {
    local copy=$root/artifacts/mutants output=$results/mutants bound area code
    bound=$(jq '."stryker-config".thresholds.break' "$root/tests/Queue.Tests/stryker-config.json")
    rm -rf "$copy" "$output"
    mkdir -p "$copy" "$output"
    tar -C "$root" --exclude=bin --exclude=obj -cf - .config .editorconfig global.json BannedSymbols.txt Directory.Build.props Directory.Packages.props \
        edge/Queue tests/Directory.Build.props tests/Testing tests/Bench/Forecast tests/Queue.Tests | tar -C "$copy" -xf -
    echo "Testing mutants of the queue; $output holds the report of each folder"
    (cd "$copy/tests/Queue.Tests" && dotnet tool restore) </dev/null >"$output/tool.log" 2>&1 9>&- || true
    # The forecast last: a change there often makes a simulated day endless, and each such one is waited for.
    for area in own $(find "$root/edge/Queue" -mindepth 1 -maxdepth 1 -type d ! -name bin ! -name obj ! -name Forecast -printf '%f\n' | sort) Forecast; do
        code=0
        # Few scripts a property: it is asked once for every mutant. The bound is asked of the whole, below.
        (
            cd "$copy/tests/Queue.Tests"
            MutantsOf=$area MOTCUA_SCRIPTS=8 timeout --kill-after=10 7200 dotnet stryker --break-at 0 --mutate "$([[ $area == own ]] && echo '*.cs' || echo "$area/**/*.cs")" --output "$output/$area-files"
        ) </dev/null >"$output/$area.log" 2>&1 9>&- || code=$?
        if ! cp "$output/$area-files/reports/mutation-report.json" "$output/$area.json" 2>/dev/null; then
            tail -n 20 "$output/$area.log"
            fail "mutants: $area reported nothing, code $code"
            rm -rf "$copy"
            return
        fi
        echo "mutants: $area $(mutant_score "$output/$area.json")"
    done
    rm -rf "$copy"
    if (($(mutant_score "$output"/*.json | cut -d' ' -f1) >= bound)); then
        passed=$((passed + 1))
    else
        fail "mutants: fewer than $bound % seen; the bound stands in tests/Queue.Tests/stryker-config.json"
    fi
    echo "mutants: $(mutant_score "$output"/*.json)"
}

# mutant_score REPORT…: how many of the changes some test saw.
mutant_score() {
    jq -rs '[.[].files[].mutants[].status] | (map(select(. == "Killed" or . == "Timeout")) | length) as $seen
        | map(select(. == "Killed" or . == "Timeout" or . == "Survived" or . == "NoCoverage")) | length as $all
        | "\(if $all == 0 then 0 else 100 * $seen / $all | floor end) % seen (\($seen) of \($all))"' "$@"
}
