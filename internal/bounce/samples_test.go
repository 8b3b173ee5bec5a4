package bounce_test

import (
	"strings"
	"testing"

	"marsad/internal/bounce"
)

type sample struct {
	name, message       string
	means, status, word string // word: something of what people are shown
}

// samples are reports shaped as well-known mail servers shape them, in words of our own.
var samples = []sample{
	{"Postfix", `Return-Path: <>
Delivered-To: bounces+ab12@desk.example
Date: Tue,  3 Mar 2026 09:00:03 +0000 (UTC)
From: MAILER-DAEMON@mx.desk.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces+ab12@desk.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4F3A1.1772528403/mx.desk.example"
Content-Transfer-Encoding: 8bit

This is a MIME-encapsulated message.

--4F3A1.1772528403/mx.desk.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mx.desk.example.

--4F3A1.1772528403/mx.desk.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.desk.example
X-Postfix-Queue-ID: 4F3A1
X-Postfix-Sender: rfc822; bounces+ab12@desk.example
Arrival-Date: Tue,  3 Mar 2026 09:00:01 +0000 (UTC)

Final-Recipient: rfc822; lina@reader.example
Original-Recipient: rfc822;lina@reader.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.reader.example
Diagnostic-Code: smtp; 550 5.1.1 <lina@reader.example>: Recipient address
    rejected: User unknown in virtual mailbox table

--4F3A1.1772528403/mx.desk.example
Content-Type: message/rfc822

Return-Path: <bounces+ab12@desk.example>
Subject: x

x

--4F3A1.1772528403/mx.desk.example--
`, bounce.Gone, "5.1.1", "User unknown in virtual"},
	{"Postfix, still trying", `Return-Path: <>
To: bounces+ab12@desk.example
From: MAILER-DAEMON@mx.desk.example (Mail Delivery System)
Subject: Delayed Mail (still being retried)
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.desk.example

Final-Recipient: rfc822; lina@reader.example
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mx.reader.example: Connection timed out
Will-Retry-Until: Sun,  8 Mar 2026 09:00:01 +0000 (UTC)

--b--
`, bounce.Nothing, "4.4.1", "timed out"},
	{"Exim, which says 5.0.0 of everything", `Return-path: <>
Envelope-to: bounces+ab12@desk.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mail.desk.example>
To: bounces+ab12@desk.example
X-Failed-Recipients: lina@reader.example
Content-Type: multipart/report; report-type=delivery-status; boundary=1772528403-eximdsn-97
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1772528403-eximdsn-97
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

--1772528403-eximdsn-97
Content-type: message/delivery-status

Reporting-MTA: dns; mail.desk.example

Action: failed
Final-Recipient: rfc822;lina@reader.example
Status: 5.0.0
Remote-MTA: dns; mx.reader.example
Diagnostic-Code: smtp; 550-5.1.1 The account does not exist.
 550 5.1.1 Look for typing errors.

--1772528403-eximdsn-97--
`, bounce.Gone, "5.1.1", "does not exist"},
	{"Exim without a code of the other's", `Envelope-to: bounces+ab12@desk.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b
From: Mail Delivery System <Mailer-Daemon@mail.desk.example>

--b
Content-type: message/delivery-status

Reporting-MTA: dns; mail.desk.example

Action: failed
Final-Recipient: rfc822;lina@reader.example
Status: 5.0.0

--b--
`, bounce.Failed, "5.0.0", ""},
	{"an older Exim, in free words", `Return-path: <>
Envelope-to: bounces+ab12@desk.example
From: Mail Delivery System <Mailer-Daemon@mail.reader.example>
To: bounces+ab12@desk.example
Subject: Mail delivery failed: returning message to sender
Auto-Submitted: auto-replied

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address failed:

  lina@reader.example
    SMTP error from remote mail server after RCPT TO:<lina@reader.example>:
    host mx.reader.example [192.0.2.7]: 550 5.1.1 no such mailbox

------ This is a copy of the message, including all the headers. ------

Return-path: <bounces+ab12@desk.example>
Subject: 552 5.2.2 full
`, bounce.Gone, "5.1.1", "no such mailbox"},
	{"Exim, a warning", `Return-path: <>
Envelope-to: bounces+ab12@desk.example
From: Mail Delivery System <Mailer-Daemon@mail.reader.example>
Subject: Warning: message 1abc delayed 24 hours

The message has not been delivered yet.

  lina@reader.example
    host mx.reader.example [192.0.2.7]: 451 4.7.1 greylisted
`, bounce.Nothing, "4.7.1", "greylisted"},
	{"Exchange", `Return-Path: <>
X-Original-To: bounces+ab12@desk.example
From: Microsoft Exchange <postmaster@reader.example>
To: <bounces+ab12@desk.example>
Date: Tue, 3 Mar 2026 09:00:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="_000_f00_"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Subject: Undeliverable: Harbour opens
Auto-Submitted: auto-replied
MIME-Version: 1.0

--_000_f00_
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="_001_f00_"

--_001_f00_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

The recipient wasn't found.=20

--_001_f00_
Content-Type: text/html; charset="us-ascii"

<p>The recipient wasn't found.</p>

--_001_f00_--

--_000_f00_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.reader.example
Received-From-MTA: dns;mx.desk.example
Arrival-Date: Tue, 3 Mar 2026 09:00:04 +0000

Original-Recipient: rfc822;lina@reader.example
Final-Recipient: rfc822;lina@reader.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: lina@reader.example

--_000_f00_
Content-Type: message/rfc822

Subject: x

--_000_f00_--
`, bounce.Gone, "5.1.10", "RecipientNotFound"},
	{"Exchange, a transport rule", `To: bounces+ab12@desk.example
From: <postmaster@reader.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns;ex.reader.example

Final-Recipient: rfc822;lina@reader.example
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp;550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy

--b--
`, bounce.Refused, "5.7.1", "policy"},
	{"Gmail", `Delivered-To: bounces+ab12@desk.example
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: bounces+ab12@desk.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="00000000000074"; report-type=delivery-status

--00000000000074
Content-Type: multipart/related; boundary="00000000000075"

--00000000000075
Content-Type: multipart/alternative; boundary="00000000000076"

--00000000000076
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--00000000000076--
--00000000000075
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgo=

--00000000000075--
--00000000000074
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; desk.example
Arrival-Date: Tue, 03 Mar 2026 01:00:00 -0800 (PST)
X-Original-Message-ID: <n@desk.example>

Final-Recipient: rfc822; lina@reader.example
Action: failed
Status: 5.2.1
Remote-MTA: dns; mx.reader.example. (192.0.2.7, the server for the domain reader.example.)
Diagnostic-Code: smtp; 550-5.2.1 The email account that you tried to reach is inactive.
 550 5.2.1 Learn more
Last-Attempt-Date: Tue, 03 Mar 2026 01:00:01 -0800 (PST)

--00000000000074--
`, bounce.Gone, "5.2.1", "inactive"},
	{"Yahoo, in free words", `Return-Path: <>
X-Original-To: bounces+ab12@desk.example
From: MAILER-DAEMON@yahoo.example
To: bounces+ab12@desk.example
Subject: Failure Notice
Content-Type: text/plain

Sorry, we were unable to deliver your message to the following address.

<lina@yahoo.example>:
554: 554 delivery error: dd Sorry, your message cannot be delivered. This mailbox is disabled (554.30).

--- Below this line is a copy of the message.

Return-Path: <bounces+ab12@desk.example>
`, bounce.Failed, "5.0.0", "mailbox is disabled"},
	{"qmail", `Return-Path: <>
Delivered-To: bounces+ab12@desk.example
From: MAILER-DAEMON@mx.reader.example
Subject: failure notice

Hi. This is the qmail-send program at mx.reader.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<lina@reader.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
`, bounce.Gone, "5.1.1", "no mailbox"},
	{"somebody's holiday, in Outlook's shape", `Return-Path: <>
Delivered-To: bounces+ab12@desk.example
From: Lina <lina@reader.example>
To: bounces+ab12@desk.example
Subject: Automatic reply: Harbour opens
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

I am away. Call extension 550 5.1.1 for help.
--b--
`, bounce.Nothing, "", ""},
	{"somebody's holiday, in Gmail's shape", `Return-Path: <lina@reader.example>
Delivered-To: bounces+ab12@desk.example
From: Lina <lina@reader.example>
Subject: Away Re: Harbour opens
Precedence: bulk
X-Autoreply: yes
Auto-Submitted: auto-replied

550 5.1.1 is the code of our door.
`, bounce.Nothing, "", ""},
	{"a forged daemon with a mailbox to answer to", `Return-Path: <evil@x.example>
Delivered-To: bounces+ab12@desk.example
From: MAILER-DAEMON@x.example

550 5.1.1 no such user
`, bounce.Nothing, "", ""},
}

func TestSamples(t *testing.T) {
	for _, s := range append(samples, complaints...) {
		r, err := bounce.Read([]byte(strings.ReplaceAll(s.message, "\n", "\r\n")), address)
		if err != nil || r.Means() != s.means || r.Status != s.status || r.Tag != "ab12" || s.word != "" && !strings.Contains(r.Words, s.word) {
			t.Errorf("%s: %+v means %q, want %q (%v)", s.name, r, r.Means(), s.means, err)
		}
		if unix, err := bounce.Read([]byte(s.message), address); err != nil || unix.Means() != s.means {
			t.Errorf("%s with other line ends: %+v %v", s.name, unix, err)
		}
		other := strings.ReplaceAll(s.message, "bounces+ab12@desk.example", "bounces@other.example")
		if r, err := bounce.Read([]byte(other), address); err != nil || r.Tag != "" {
			t.Errorf("%s: not ours, and has the tag %q (%v)", s.name, r.Tag, err)
		}
	}
}
