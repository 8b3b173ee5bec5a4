package bounce_test

import "marsad/internal/bounce"

// complaints are what mail providers send of readers who call a message unwanted, in the shape of RFC 5965.
var complaints = []sample{
	{"a complaint, to an address for all", `From: <staff@provider.example>
Date: Tue, 3 Mar 2026 10:00:00 +0000
Subject: FW: Harbour opens
To: bounces@desk.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
	boundary="part1"

--part1
Content-Type: text/plain; charset="US-ASCII"

This is an abuse report for a message received from 192.0.2.1.

--part1
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <bounces+ab12@desk.example>

--part1
Content-Type: message/rfc822

Received: from mx.desk.example
From: Desk <desk@desk.example>
Subject: Harbour opens

x

--part1--
`, bounce.Complained, "", "SomeGenerator"},
	{"a complaint that names the sender in the message alone", `From: <staff@provider.example>
To: bounces@desk.example
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Other/2
Version: 0.1

--b
Content-Type: text/rfc822-headers

Return-Path: <bounces+ab12@desk.example>
Subject: Harbour opens

--b--
`, bounce.Complained, "", "Other/2"},
	{"no complaint: not spam", `To: bounces+ab12@desk.example
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: message/feedback-report

Feedback-Type: not-spam
User-Agent: Other/2
Version: 1

--b--
`, bounce.Nothing, "", ""},
}
