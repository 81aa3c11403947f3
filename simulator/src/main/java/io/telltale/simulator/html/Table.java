package io.telltale.simulator.html;

/// A table, row by row. Cells are plain text.
final class Table {
    private final StringBuilder html = new StringBuilder("<table><tr>");

    Table(String... heads) {
        for (var head : heads) {
            html.append("<th>").append(Text.escaped(head));
        }
        html.append("</tr>");
    }

    Table row(String... cells) {
        html.append("<tr>");
        for (var cell : cells) {
            html.append("<td>").append(Text.escaped(cell));
        }
        html.append("</tr>");
        return this;
    }

    String html() {
        return html + "</table>";
    }
}
