package com.example.host

import io.linkspan.connection.ConnectOutcome
import io.linkspan.spi.MediaHost.Served

/** Compiles only while every outcome has its branch here. */
fun said(outcome: ConnectOutcome): String =
    when (outcome) {
        is ConnectOutcome.Connected -> outcome.connection().id().value()
        is ConnectOutcome.Denied -> outcome.code()
        is ConnectOutcome.AccountMismatch -> outcome.actual()
        is ConnectOutcome.ChooseAccount -> outcome.connectId()
        is ConnectOutcome.NotEligible -> outcome.remedy()
        is ConnectOutcome.Refused -> outcome.message()
    }

/** The compiler takes the first one unless it knows that the value may be null. */
@Suppress("UNUSED_PARAMETER")
private fun mayBeNull(value: Any) = false

@Suppress("UNUSED_PARAMETER")
@JvmName("mayBeNullHere")
private fun mayBeNull(value: Any?) = true

fun main(args: Array<String>) {
    check(mayBeNull(Served.NOTHING.firstAt())) { "Kotlin does not see @Nullable" }
    check(!mayBeNull(Served.NOTHING.toString())) { "Kotlin sees @Nullable where there is none" }
    Host.main(args)
}
