# shellcheck shell=bash
# The journey of ./run --check: one citizen, one clerk, one operator, and a broker that dies. Sourced by run.

# What the journey leaves for its later steps.
seen="" centre="" command=""

# step TITLE SECONDS COMMAND: repeats the command until it succeeds; prints one line with what it left in $seen.
step() {
    local title=$1 seconds=$2 begun deadline
    shift 2
    begun=$(now_ms)
    deadline=$((begun + seconds * 1000))
    until "$@" 2>"$state/log/step.log"; do
        if (($(now_ms) > deadline)); then
            say "✗ $title: ${seen:-$(head -c 300 "$state/log/step.log")} ($(($(now_ms) - begun)) ms)"
            return 1
        fi
        sleep 0.02
    done
    say "✓ $title: $seen ($(($(now_ms) - begun)) ms)"
}

# A press is made once, then waited for; a repeated press would be a second ticket.
press() { seen=$1; http -X POST "$edge_url/lab/buttons/$1/press" -o /dev/null; }

events() { http "$bridge_url/api/centres/$centre/events?limit=500"; }

# waits NUMBER: the ticket stands in the queue.
waits() {
    local queue
    queue=$(http "$edge_url/api/queue") || return 1
    seen="$1"
    holds "$queue" '[.services[].next[]] | index($number)' --arg number "$1"
}

# call_next COUNTER NUMBER
call_next() {
    local answer
    answer=$(http -X POST "$edge_url/api/counters/$1/next") || return 1
    seen="$2 → quầy · counter $1"
    holds "$answer" '.called == $number' --arg number "$2"
}

board_text() { http "$edge_url/lab/boards" | jq -r --arg id "$1" '.boards[] | select(.id == $id) | (.lines // [.text]) | join("|")'; }

# board_shows ID PATTERN
board_shows() {
    local text
    text=$(board_text "$1")
    seen=$(sed 's/  */ /g; s/[ |]*$//' <<<"$text")
    [[ $text =~ $2 ]]
}

# paper_fell COUNT: so many papers fell out of the printer, and it saw no illegal command.
paper_fell() {
    local printer
    printer=$(http "$edge_url/lab/centre" | jq -c .printer)
    seen="$(jq '.papers | length' <<<"$printer") phiếu · papers, $(jq -r '.papers[-1] | "\(.width)×\(.height)"' <<<"$printer")"
    holds "$printer" '(.papers | length) == $count and .violations == 0' --argjson count "$1"
}

speech_is_right() {
    local wanted=$1 heard wav=$state/heard.wav url loudest
    heard=$(http "$edge_url/lab/speaker" | jq -c --arg text "$wanted" 'first(.heard[] | select(.text == $text)) // empty')
    seen="chưa nghe «$wanted» · not heard yet"
    [[ -n $heard ]] || return 1
    url=$(jq -r .url <<<"$heard")
    http "$edge_url$url" -o "$wav"
    # Samples are 16 bits behind a header of 44 bytes; a whisper stays below 1000.
    loudest=$(od -An -v -t d2 -w2 -j44 "$wav" | awk '{ v = $1 < 0 ? -$1 : $1; if (v > m) m = v } END { print m + 0 }')
    seen="«$wanted», $(jq -r .seconds <<<"$heard") s, đỉnh · peak $loudest"
    [[ $(head -c4 "$wav") == RIFF ]] && ((loudest > 1000))
}

event_arrived() {
    local type=$1 number=$2 found
    found=$(events | jq -c --arg type "$type" --arg number "$number" '[.events[] | select(.type == $type and .data.number == $number)]')
    seen="$(jq length <<<"$found") × $type $number, seq $(jq -r '[.[].seq] | join(" ")' <<<"$found")"
    [[ $(jq length <<<"$found") == 1 ]]
}

# announce TEXT: the province has a text spoken; leaves the command's address.
announce() {
    local given
    given=$(jq -nc --arg text "$1" '{kind: "announce", body: {text: $text}, who: "./run --check", reason: "Kiểm tra hệ thống"}' \
        | http -X POST "$bridge_url/api/centres/$centre/commands" -H 'Content-Type: application/json' --data-binary @-) || return 1
    command=$bridge_url/api/centres/$centre/commands/$(jq -r .id <<<"$given")
    seen="«$1»"
}

# command_is STATE
command_is() {
    local answer
    answer=$(http "$command") || return 1
    seen=$(jq -r '[.history[].state] | join(" → ")' <<<"$answer")
    holds "$answer" '.state == $state' --arg state "$1"
}

# Nobody without a certificate, no centre as another, none that hears another.
broker_is_guarded() {
    seen=$("$state/programs/bridge/cloud-bridge" check-broker --ca "$trust/ca" --mqtt "127.0.0.1:$broker_port" 2>&1) || { seen=$(grep -v '^✓' <<<"$seen"); return 1; }
    seen="$(grep -c '^✓' <<<"$seen") phép thử · trials"
}

# Every event once, and in the order of the journal.
log_is_gapless() {
    local list
    list=$(events)
    seen="$(jq '.events | length' <<<"$list") sự kiện · events, seq $(jq -r '[.events[].seq] | "\(first)–\(last)"' <<<"$list")"
    holds "$list" '[.events[].seq | tonumber] | length > 0 and . == [range(1; length + 1)]'
}

all_acknowledged() {
    local health
    health=$(http "$edge_url/api/health")
    seen="chờ gửi · pending $(jq -r .uplink.pending <<<"$health")"
    holds "$health" '.uplink.online and .uplink.pending == 0'
}

uplink_down() {
    seen="mất kết nối, vẫn phục vụ · offline, still serving"
    holds "$(http "$edge_url/api/health")" '.ready and (.uplink.online | not)'
}

broker_gone() { seen="pid $broker_pid"; ! kill -0 "$broker_pid" 2>/dev/null; }

broker_back() { seen="cổng · port $broker_port"; port_busy "$broker_port"; }

play_journey() {
    local first=A001 second=A002 notice="Trung tâm nghỉ trưa." begun
    centre=$(sed -n 's/^centre: *//p' "$state/centre.yaml")
    begun=$(now_ms)

    step "máy chủ MQTT chỉ nhận đúng người · the broker lets in who may" 30 broker_is_guarded || return 1
    step "nút lấy số · ticket button" 10 press nut-chung-thuc || return 1
    step "lấy được số · ticket" 10 waits "$first" || return 1
    step "phiếu giấy · ticket on paper" 20 paper_fell 1 || return 1
    step "LCD: một người chờ · one waits" 10 board_shows hall-lcd "^DANG GOI +CHO 1 *\|" || return 1
    step "bảng LED chưa gọi ai · sign calls nobody" 10 board_shows hall-sign "^[- ]+$" || return 1

    step "quầy 1 gọi số tiếp · counter 1 calls next" 10 call_next 1 "$first" || return 1
    step "LCD hiện lượt gọi · shows the call" 10 board_shows hall-lcd "SO $first +QUAY 1( |\||$)" || return 1
    step "bảng LED hiện lượt gọi · sign shows it" 10 board_shows hall-sign "^$first +1$" || return 1
    step "loa đọc đúng · the speaker says it" 30 speech_is_right "Mời công dân có số thứ tự A, một, đến quầy số một." || return 1
    step "tỉnh có lượt lấy số · the province has the ticket" 10 event_arrived ticket.issued "$first" || return 1
    step "tỉnh biết phiếu đã in · the province knows of the paper" 10 event_arrived ticket.printed "$first" || return 1
    step "tỉnh có lượt gọi · the province has the call" 10 event_arrived ticket.called "$first" || return 1

    step "tỉnh phát loa · the province announces" 10 announce "$notice" || return 1
    step "loa đọc lời của tỉnh · the speaker says it" 30 speech_is_right "$notice" || return 1
    step "tỉnh có câu trả lời · the province has the answer" 10 command_is "done" || return 1

    local broker_pid=${pids[mosquitto]}
    stop mosquitto
    step "tắt broker · the broker is ended" 10 broker_gone || return 1
    step "edge nhận ra · the edge noticed" 20 uplink_down || return 1
    step "vẫn lấy số được · tickets go on" 10 press nut-chung-thuc || return 1
    step "lấy được số · ticket" 10 waits "$second" || return 1
    start_broker
    step "broker trở lại · the broker is back" 10 broker_back || return 1
    step "tỉnh có số mới, một lần · the province has it, once" 60 event_arrived ticket.issued "$second" || return 1
    step "mọi sự kiện đã được xác nhận · all acknowledged" 30 all_acknowledged || return 1
    step "nhật ký liền mạch · gapless and in order" 10 log_is_gapless || return 1
    say "✓ đạt · passed ($(($(now_ms) - begun)) ms)"
}
