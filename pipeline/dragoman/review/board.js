// What NiceGUI mounts: it hands the page its views, and the page's requests back.

export default {
  template: "<div></div>",
  props: { script: String, view: Object, meaning: Object, learning: Object },
  async mounted() {
    const { start } = await import(this.script);
    this.page = await start(this.$el, (asked) => this.$emit("ask", asked));
    if (this.view) this.page.show(this.view);
  },
  watch: {
    view(view) { this.page?.show(view); },
    meaning(meaning) { this.page?.mean(meaning); },
    learning(learning) { this.page?.learning(learning); },
  },
};
