package io.linkspan.testkit.internal;

import java.util.List;
import java.util.Set;

/** The page on which a person allows or denies. */
public final class ConsentPage {

    private static final String STYLE = """
            body{font-family:system-ui,sans-serif;background:#f4f4f6;margin:0;color:#161823}
            main{max-width:26rem;margin:8vh auto;background:#fff;border-radius:12px;padding:2rem;
            box-shadow:0 2px 16px rgba(0,0,0,.08)}
            h1{font-size:1.25rem;margin:.2rem 0 1rem}h2{font-size:.85rem;color:#666;margin:1.2rem 0 .4rem}
            .brand{font-weight:700;color:BRAND}label{display:block;padding:.35rem 0}
            .buttons{display:flex;gap:.6rem;margin-top:1.6rem}
            button{flex:1;padding:.7rem;border-radius:8px;border:1px solid #ccc;background:#fff;font-size:1rem}
            button.allow{background:BRAND;border-color:BRAND;color:#fff}small{color:#888}
            """;

    private ConsentPage() {}

    /**
     * Renders the page.
     *
     * @param platform name of the platform
     * @param brand its colour
     * @param action where the form goes
     * @param id id of the request
     * @param accounts handles to choose from
     * @param scopes what is asked for
     * @param fixed scopes that cannot be refused
     * @param refused scopes that are not ticked at first
     * @return the HTML
     */
    public static String render(
            String platform,
            String brand,
            String action,
            String id,
            List<String> accounts,
            List<String> scopes,
            Set<String> fixed,
            Set<String> refused) {
        StringBuilder form = new StringBuilder();
        input(form, "hidden", "request", id, "");
        form.append("<h2>Signed in as</h2>");
        for (int i = 0; i < accounts.size(); i++) {
            form.append("<label>");
            input(form, "radio", "account", accounts.get(i), i == 0 ? " checked" : "");
            form.append(" @").append(escape(accounts.get(i))).append("</label>");
        }
        if (accounts.isEmpty()) {
            form.append("<p>There are no accounts. Add one to the simulator first.</p>");
        }
        form.append("<h2>The app would like to use</h2>");
        for (String scope : scopes) {
            form.append("<label>");
            if (fixed.contains(scope)) {
                input(form, "hidden", "scope", scope, "");
                form.append("<input type=\"checkbox\" checked disabled>");
            } else {
                input(form, "checkbox", "scope", scope, refused.contains(scope) ? "" : " checked");
            }
            form.append(' ').append(escape(scope)).append("</label>");
        }
        return page(
                platform,
                brand,
                "<h1>Authorize this app?</h1><form method=\"post\" action=\""
                        + escape(action)
                        + "\">"
                        + form
                        + "<div class=\"buttons\"><button name=\"decision\" value=\"deny\">Deny</button>"
                        + "<button class=\"allow\" name=\"decision\" value=\"allow\">Allow</button></div></form>");
    }

    /**
     * Renders a page that leads nowhere.
     *
     * @param platform name of the platform
     * @param brand its colour
     * @param message what went wrong
     * @return the HTML
     */
    public static String problem(String platform, String brand, String message) {
        return page(platform, brand, "<h1>Something went wrong</h1><p>" + escape(message) + "</p>");
    }

    private static String page(String platform, String brand, String content) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
                + escape(platform)
                + " simulator</title><meta name=\"viewport\" content=\"width=device-width\"><style>"
                + STYLE.replace("BRAND", brand)
                + "</style></head><body><main><span class=\"brand\">"
                + escape(platform)
                + "</span> <small>simulator</small>"
                + content
                + "</main></body></html>";
    }

    private static void input(StringBuilder out, String type, String name, String value, String extra) {
        out.append("<input type=\"").append(type).append("\" name=\"").append(name);
        out.append("\" value=\"")
                .append(escape(value))
                .append('"')
                .append(extra)
                .append('>');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
