package io.linkspan.testkit.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rule that a method of the kit checks, and what to change in a store that breaks it; {@link RuleReport} says both. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Rule {
    /** The rule, a sentence. */
    String value();

    /** What to change in the store, a sentence. */
    String change();
}
