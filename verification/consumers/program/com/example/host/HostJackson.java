package com.example.host;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;

/** The Jackson of the host itself, of either line, where there is one: it still works beside ours. */
final class HostJackson {
    private static final List<String> MAPPERS =
            List.of("com.fasterxml.jackson.databind.ObjectMapper", "tools.jackson.databind.ObjectMapper");

    private HostJackson() {}

    static void check() throws ReflectiveOperationException {
        for (String name : MAPPERS) {
            try {
                Class<?> mapper = Class.forName(name);
                Object text = mapper.getMethod("writeValueAsString", Object.class)
                        .invoke(mapper.getConstructor().newInstance(), Map.of("port", 1));
                System.out.println(name + " writes " + text);
                if (!text.equals("{\"port\":1}")) {
                    throw new IllegalStateException(name + " writes " + text);
                }
            } catch (ClassNotFoundException e) {
                continue; // this host has none
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(name + " of the host does not work", e.getCause());
            }
        }
    }
}
