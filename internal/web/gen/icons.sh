#!/bin/sh
# Makes the icons of the installed site, full to the edges so that any mask may cut them, from icon.svg beside this file. Needs Chromium.
set -e
here=$(cd "$(dirname "$0")" && pwd)
for size in 192 512; do
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$(mktemp -d)" --window-size=$size,$size \
		--screenshot="$here/../static/icon-$size.png" "data:text/html,<body style='margin:0'><img style='display:block;width:100vw' src='data:image/svg+xml;base64,$(base64 -w0 "$here/icon.svg")'>" >/dev/null 2>&1
done
